"""The dossier for the receiving office: one ZIP with a manifest, and the verifying of it by people who have only that.

Which file proves which: the report's PDF carries a manifest of what it speaks of (inputs, criteria set, register,
scans), attached before anybody signs, so the Chairman's signature covers it. It cannot name the report, which it is
part of. The manifest beside the files names all of them, the signed report included, and is signed itself; it cannot
name its own signature. Verifying follows both: signature → manifest → every file, and signature → report → the
manifest in it → the same inputs and scans; then the scores are computed once more from the inputs and held against
what the tables store and the report prints. So there is no circle, and no file that nothing vouches for.
"""
