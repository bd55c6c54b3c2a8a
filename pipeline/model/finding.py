"""A finding: what is wrong, where, and how to mend it; and the catalogue of every code."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple


class Severity(Enum):
    """How much a finding weighs."""

    ERROR = "lỗi"
    """Nothing is built while it stands."""
    WARNING = "cảnh báo"
    """Outputs are built; somebody should look."""
    NOTE = "lưu ý"
    """For information."""


class Place(NamedTuple):
    """A place in a file of the workspace; line and column count from 1, 0 means the file as a whole."""

    path: str
    line: int = 0
    column: int = 0


class Kind(NamedTuple):
    """What a code stands for."""

    severity: Severity
    title: str
    basis: str
    """The rule that it rests on."""


_FORMAT = "Quy ước tệp của chương trình"
_SET = "Bộ tiêu chí phải nhất quán ở mọi cấp"
_SCORE = "Điểm tự chấm phải đúng cách chấm của bộ tiêu chí"
_SURVEY = "Điều tra xã hội học: điểm theo công thức đã khai, không lộ người trả lời"
_APPRAISED = "Thẩm định và giải trình theo từng vòng, có ngày, có lý do (quy trình chấm điểm)"
_PROOF = "Mỗi điểm phải có tài liệu kiểm chứng hoặc giải trình (kế hoạch, mục II.2)"
_SCAN = "Bản chụp phải mở được và xem được trọn vẹn để đóng thành quyển kiểm chứng"
_DUTY = "Phân công trong kế hoạch, mục III"
_BODY = "Báo cáo phải có kết quả, tồn tại, giải pháp của từng lĩnh vực"
_ANNEX = "Phụ lục của quyết định là nguồn của bộ tiêu chí; máy không tự đoán"
_SHEET = "Bảng tính nhập vào phải do chương trình xuất ra và đọc được trọn vẹn"
_LOCKED = "Kết quả đã khóa phải giữ nguyên cùng mọi tệp đã tạo ra nó"
_FOLLOWED = "Tồn tại của năm trước phải được báo cáo kết quả khắc phục (kế hoạch, mục về tồn tại và giải pháp)"
_SUBMITTED = "Tệp thẩm định phải đọc được trọn vẹn; máy không tự đoán"
_PACKAGE = "Gói hồ sơ phải nguyên vẹn, tự khớp và do người có thẩm quyền ký"
_STRANGER = "Gói có thể đến từ bất kỳ ai: chỗ nào hiểu được hai cách thì không nhận"

_D30 = "Nghị định 30/2020/NĐ-CP"
_PAPER = f"{_D30}, Phụ lục I: thể thức, kỹ thuật trình bày văn bản hành chính"
_SIGN = f"{_D30}, phụ lục I; quy định về phần mềm ký số, kiểm tra chữ ký số"
_ANY_PAPER = f"{_D30}, Điều 8 và Phụ lục I"
_P1 = f"{_D30}, Phụ lục I, phần I, mục I, điểm"
_P2 = f"{_D30}, Phụ lục I, phần I, mục II, điểm"
_P3 = f"{_D30}, Phụ lục I, phần I, mục III, điểm"

_E, _W, _N = Severity.ERROR, Severity.WARNING, Severity.NOTE

CATALOGUE: dict[str, Kind] = {
    "F101": Kind(_E, "Tệp không phải UTF-8", _FORMAT),
    "F102": Kind(_E, "Tệp trống", _FORMAT),
    "F103": Kind(_E, "Thiếu tệp hoặc thư mục", _FORMAT),
    "F104": Kind(_E, "Thư mục nằm ở chỗ của tệp", _FORMAT),
    "F105": Kind(_E, "Không đọc được tệp", _FORMAT),
    "F106": Kind(_E, "Phần đầu tệp (front matter) không đóng mở đúng", _FORMAT),
    "F107": Kind(_E, "Có dấu tab trong YAML", _FORMAT),
    "F108": Kind(_E, "YAML sai cú pháp", _FORMAT),
    "F109": Kind(_E, "Khóa lặp lại", _FORMAT),
    "F110": Kind(_E, "YAML dùng bí danh, thẻ hoặc nhiều tài liệu", _FORMAT),
    "F111": Kind(_E, "Tệp quá lớn hoặc lồng quá sâu", _FORMAT),
    "F112": Kind(_E, "Tệp nằm ngoài thư mục làm việc", _FORMAT),
    "M101": Kind(_E, "Khóa không có trong quy ước", _FORMAT),
    "M102": Kind(_E, "Thiếu mục bắt buộc", _FORMAT),
    "M103": Kind(_E, "Sai kiểu mục (danh sách, nhóm, giá trị)", _FORMAT),
    "M104": Kind(_E, "Giá trị không đọc được", _FORMAT),
    "M105": Kind(_E, "Giá trị không nằm trong các lựa chọn", _FORMAT),
    "S201": Kind(_E, "Tổng điểm tối đa không khớp", _SET),
    "S202": Kind(_E, "Tổng điểm điều tra xã hội học không khớp", _SET),
    "S203": Kind(_E, "Bậc điểm bỏ trống", _SET),
    "S204": Kind(_E, "Bậc điểm chồng lên nhau", _SET),
    "S205": Kind(_E, "Cách chấm không đạt đúng điểm tối đa", _SET),
    "S206": Kind(_E, "Mã tiêu chí trùng nhau", _SET),
    "S207": Kind(_E, "Mã tiêu chí không nằm dưới mã cha", _SET),
    "S208": Kind(_E, "Bảng xếp loại hở hoặc sai thứ tự", _SET),
    "S209": Kind(_E, "Cách chấm khai báo vô lý", _SET),
    "S210": Kind(_W, "Số liệu của cách chấm không có tên gọi", _SET),
    "S211": Kind(_W, "Tên gọi cho số liệu không dùng", _SET),
    "S212": Kind(_E, "Mã bộ tiêu chí khác tên tệp", _SET),
    "S213": Kind(_W, "Bậc, nhánh hoặc điểm không bao giờ đạt tới", _SET),
    "S214": Kind(_W, "Mã tiêu chí sai thứ tự", _SET),
    "S215": Kind(_E, "Cách chấm nhắc tới tiêu chí hoặc số liệu không có", _SET),
    "S216": Kind(_E, "Các tiêu chí chờ nhau thành vòng", _SET),
    "S217": Kind(_E, "Cách chấm không khớp điểm tối thiểu", _SET),
    "S218": Kind(_E, "Công thức và biến không khớp nhau", _SET),
    "S219": Kind(_E, "Nhóm điểm thưởng, điểm trừ khai báo sai", _SET),
    "D301": Kind(_E, "Điểm tự chấm vượt điểm tối đa", _SCORE),
    "D302": Kind(_W, "Điểm tự chấm không thể có theo cách chấm", _SCORE),
    "D303": Kind(_E, "Điểm tự chấm khác cách chấm mà không giải trình", _SCORE),
    "D304": Kind(_E, "Thiếu số liệu", _SCORE),
    "D305": Kind(_E, "Số liệu không thuộc cách chấm", _SCORE),
    "D306": Kind(_E, "Số liệu sai hoặc mâu thuẫn", _SCORE),
    "D307": Kind(_E, "Mã tiêu chí không có trong bộ tiêu chí", _SCORE),
    "D308": Kind(_E, "Tiêu chí nằm nhầm tệp lĩnh vực", _SCORE),
    "D309": Kind(_E, "Tiêu chí điều tra xã hội học bị chấm tay", _SCORE),
    "D310": Kind(_E, "Không áp dụng nhưng không nêu lý do", _SCORE),
    "D311": Kind(_E, "Tiêu chí không được phép ghi không áp dụng", _SCORE),
    "D312": Kind(_W, "Tiêu chí chưa chấm", _SCORE),
    "D313": Kind(_E, "Có điểm nhưng không có kiểm chứng và giải trình", _PROOF),
    "D314": Kind(_E, "Chấm tay nhưng không nêu lý do", _SCORE),
    "D315": Kind(_E, "Không áp dụng nhưng vẫn có số liệu hoặc điểm", _SCORE),
    "D316": Kind(_W, "Chưa có kết quả điều tra xã hội học", _SCORE),
    "D317": Kind(_E, "Kết quả điều tra sai tiêu chí hoặc vượt tối đa", _SCORE),
    "D318": Kind(_E, "Điểm tự chấm dưới điểm tối thiểu", _SCORE),
    "D319": Kind(_E, "Tiêu chí do cơ quan khác cung cấp bị chấm tay", _SCORE),
    "D320": Kind(_W, "Chưa có kết quả do cơ quan khác cung cấp", _SCORE),
    "D321": Kind(_E, "Kết quả cung cấp sai tiêu chí hoặc ngoài mức điểm", _SCORE),
    "D322": Kind(_W, "Nhập sau hạn nhận của bộ tiêu chí", _SCORE),
    "D323": Kind(_W, "Không rõ nhập trước hay sau hạn nhận", _SCORE),
    "D330": Kind(_E, "Bảng ánh xạ nêu tiêu chí không do điều tra chấm", _SURVEY),
    "D331": Kind(_E, "Bảng ánh xạ nêu thang hoặc nhóm không có", _SURVEY),
    "D332": Kind(_E, "Câu hỏi hoặc cách ghi lặp lại trong bảng ánh xạ", _SURVEY),
    "D333": Kind(_E, "Thang trả lời khai báo vô lý", _SURVEY),
    "D334": Kind(_E, "Trọng số của các nhóm không đủ", _SURVEY),
    "D335": Kind(_E, "Công thức tính điểm điều tra khai báo vô lý", _SURVEY),
    "D336": Kind(_W, "Tiêu chí điều tra chưa có trong bảng ánh xạ", _SURVEY),
    "D337": Kind(_W, "Bảng ánh xạ đã đổi sau khi tính điểm", _SURVEY),
    "D338": Kind(_E, "Kết quả điều tra tự mâu thuẫn", _SURVEY),
    "D339": Kind(_E, "Phiếu trả lời nằm ngoài thư mục riêng", _SURVEY),
    "D340": Kind(_E, "Thẩm định hoặc giải trình cho tiêu chí không có", _APPRAISED),
    "D341": Kind(_E, "Điểm thẩm định hoặc điểm đề nghị ngoài mức điểm", _APPRAISED),
    "D342": Kind(_W, "Cần giải trình nhưng chưa giải trình", _APPRAISED),
    "D343": Kind(_W, "Giải trình không ứng với ý kiến nào", _APPRAISED),
    "D344": Kind(_E, "Ngày của các vòng thẩm định sai thứ tự", _APPRAISED),
    "D345": Kind(_W, "Điểm thẩm định khác điểm tự chấm mà không nêu lý do", _APPRAISED),
    "D346": Kind(_W, "Ghi thêm sau khi vòng thẩm định đã chốt", _APPRAISED),
    "D347": Kind(_W, "Thẩm định cho điểm tiêu chí ghi không áp dụng", _APPRAISED),
    "D348": Kind(_N, "Tiêu chí chưa có điểm thẩm định", _APPRAISED),
    "E401": Kind(_E, "Mã kiểm chứng không có trong sổ", _PROOF),
    "E402": Kind(_E, "Văn bản thiếu số", _PROOF),
    "E403": Kind(_E, "Văn bản thiếu ký hiệu", _PROOF),
    "E404": Kind(_E, "Văn bản thiếu ngày", _PROOF),
    "E405": Kind(_E, "Văn bản thiếu cơ quan ban hành", _PROOF),
    "E406": Kind(_E, "Văn bản thiếu trích yếu", _PROOF),
    "E407": Kind(_E, "Văn bản ngoài năm đánh giá", _PROOF),
    "E408": Kind(_E, "Thiếu bản chụp", _PROOF),
    "E409": Kind(_E, "Bản chụp sai loại tệp", _PROOF),
    "E410": Kind(_E, "Bản chụp đã thay đổi sau khi vào sổ", _PROOF),
    "E411": Kind(_W, "Văn bản không được tiêu chí nào viện dẫn", _PROOF),
    "E412": Kind(_E, "Văn bản mật không được đưa vào sổ", "Luật Bảo vệ bí mật nhà nước"),
    "E413": Kind(_W, "Bản chụp chưa có mã băm sha256", _PROOF),
    "E414": Kind(_W, "Bản chụp lớn hơn 10 MB", "Hệ thống tiếp nhận giới hạn mỗi tệp 10 MB"),
    "E415": Kind(_W, "Hai mục trong sổ là một văn bản", _PROOF),
    "E416": Kind(_W, "Tệp bản chụp không có trong sổ", _PROOF),
    "E417": Kind(_E, "Một kiểm chứng ghi hai lần cho một tiêu chí", _PROOF),
    "E418": Kind(_E, "Tài liệu khác mức công bố dùng chung bản chụp", _PROOF),
    "E420": Kind(_E, "Bản chụp có mật khẩu", _SCAN),
    "E421": Kind(_E, "Bản chụp PDF bị hỏng", _SCAN),
    "E422": Kind(_E, "Bản chụp không có trang nào", _SCAN),
    "E423": Kind(_E, "Bản chụp dạng ảnh bị hỏng", _SCAN),
    "E424": Kind(_W, "Trang bản chụp quá lớn", _SCAN),
    "E425": Kind(_W, "Bản chụp có chỗ hỏng đã được khôi phục", _SCAN),
    "E426": Kind(_W, "Trang viện dẫn vượt quá bản chụp", _PROOF),
    "E427": Kind(_E, "Số trang trong sổ khác bản chụp", _SCAN),
    "E428": Kind(_E, "Bản chụp mới chỉ là con trỏ git LFS", _SCAN),
    "E429": Kind(_E, "Ảnh có quá nhiều điểm ảnh", _SCAN),
    "P501": Kind(_W, "Tiêu chí không có bộ phận chủ trì", _DUTY),
    "P502": Kind(_W, "Tiêu chí có nhiều bộ phận chủ trì", _DUTY),
    "P503": Kind(_E, "Bộ phận không có trong danh sách", _DUTY),
    "P504": Kind(_E, "Phân công nêu tiêu chí không có", _DUTY),
    "P505": Kind(_W, "Đã quá hạn", "Mốc thời gian của năm"),
    "B601": Kind(_E, "Thiếu đề mục bắt buộc", _BODY),
    "B602": Kind(_W, "Đề mục chưa có nội dung", _BODY),
    "B603": Kind(_W, "Đề mục lạ hoặc lặp lại", _BODY),
    "B604": Kind(
        _W, "HTML, ảnh hoặc liên kết không được hỗ trợ", "Nội dung do người dùng gõ là dữ liệu, không phải mã"
    ),
    "B605": Kind(_E, "Liên kết tới trang không có", _FORMAT),
    "Y701": Kind(_E, "Thiếu tệp của lĩnh vực", _FORMAT),
    "Y702": Kind(_E, "Hai tệp cho một lĩnh vực", _FORMAT),
    "Y703": Kind(_E, "Tệp của năm khác", _FORMAT),
    "Y704": Kind(_E, "Lĩnh vực không có trong bộ tiêu chí", _FORMAT),
    "Y705": Kind(_W, "Tên tệp không khớp lĩnh vực", _FORMAT),
    "Y706": Kind(_E, "Danh mục trang không khớp các trang", _FORMAT),
    "N801": Kind(_E, "Không đọc được tệp phụ lục", _ANNEX),
    "N802": Kind(_E, "Tệp phụ lục quá lớn", _ANNEX),
    "N803": Kind(_E, "Tệp phụ lục có khai báo DOCTYPE, thực thể hoặc mã lạ", _ANNEX),
    "N804": Kind(_E, "Không tìm thấy bảng tiêu chí", _ANNEX),
    "N805": Kind(_N, "Phần của phụ lục không được đọc", _ANNEX),
    "N806": Kind(_W, "Dòng của phụ lục không rõ là gì", _ANNEX),
    "N807": Kind(_W, "Mã tiêu chí do máy suy ra", _ANNEX),
    "N808": Kind(_W, "Điểm tối đa thiếu hoặc không đọc được", _ANNEX),
    "N809": Kind(_W, "Tổng điểm in trong phụ lục không khớp", _ANNEX),
    "N810": Kind(_W, "Cách chấm không nhận ra, ghi chấm tay", _ANNEX),
    "N811": Kind(_W, "Cách chấm còn chỗ chưa chắc", _ANNEX),
    "N812": Kind(_W, "Phụ lục thiếu thông tin chung của bộ tiêu chí", _ANNEX),
    "N813": Kind(_W, "Lời văn khác cột máy đọc", _ANNEX),
    "N814": Kind(_E, "Bộ tiêu chí đã có", _ANNEX),
    "N815": Kind(_N, "Tên số liệu do máy đặt", _ANNEX),
    "N816": Kind(_W, "Bảng xếp loại đọc từ lời văn", _ANNEX),
    "K101": Kind(_E, "Không đọc được tệp phiếu", _SURVEY),
    "K102": Kind(_E, "Tệp phiếu quá lớn hoặc có cấu trúc nguy hiểm", _SURVEY),
    "K103": Kind(_E, "Tệp phiếu không thành bảng", _SURVEY),
    "K104": Kind(_E, "Không tệp nào có câu hỏi này", _SURVEY),
    "K105": Kind(_E, "Một câu hỏi có hai cột", _SURVEY),
    "K106": Kind(_E, "Ô trả lời chứa công thức", _SURVEY),
    "K107": Kind(_E, "Câu trả lời không có trong thang", _SURVEY),
    "K108": Kind(_E, "Không rõ nhóm người trả lời", _SURVEY),
    "K109": Kind(_N, "Phiếu không được tính", _SURVEY),
    "K110": Kind(_W, "Không đủ phiếu", _SURVEY),
    "K111": Kind(_E, "Chưa có bảng ánh xạ", _SURVEY),
    "K112": Kind(_E, "Nêu một tệp phiếu hai lần", _SURVEY),
    "K113": Kind(_W, "Một tệp thiếu câu hỏi", _SURVEY),
    "K114": Kind(_E, "Hai tiêu chí trừ nhau làm lộ nhóm nhỏ", _SURVEY),
    "K115": Kind(_W, "Số phiếu chỉ thay đổi rất ít", _SURVEY),
    "X101": Kind(_E, "Tệp nhập vào không phải bảng tính đọc được", _SHEET),
    "X102": Kind(_E, "Bảng tính quá lớn hoặc có cấu trúc nguy hiểm", _SHEET),
    "X103": Kind(_E, "Bảng tính thiếu trang, cột hoặc dòng", _SHEET),
    "X104": Kind(_E, "Bảng tính xuất từ trạng thái khác của hồ sơ", _SHEET),
    "X105": Kind(_E, "Ô nhập chứa công thức", _SHEET),
    "X106": Kind(_E, "Ô nhập không đọc được", _SHEET),
    "X107": Kind(_E, "Dòng lạ, dòng lặp hoặc ô không được nhập", _SHEET),
    "X108": Kind(_E, "Giá trị nhập vào làm hồ sơ có lỗi", _SHEET),
    "L101": Kind(_E, "Tệp của năm đã khóa bị thay đổi", _LOCKED),
    "L102": Kind(_E, "Tệp của năm đã khóa không còn", _LOCKED),
    "L103": Kind(_E, "Năm đã khóa có thêm tệp", _LOCKED),
    "L104": Kind(_W, "Tệp của một năm trước đã khóa không còn như khi khóa", _LOCKED),
    "L105": Kind(_E, "Tệp kết quả đã khóa bị sửa", _LOCKED),
    "L106": Kind(_E, "Kết quả đã khóa khác kết quả tính lại", _LOCKED),
    "L107": Kind(_E, "Bộ tiêu chí mà năm đã khóa dùng bị thay đổi", _LOCKED),
    "L108": Kind(_W, "Chưa nói đến tồn tại của năm trước", _FOLLOWED),
    "L109": Kind(_E, "Tồn tại năm trước nêu tiêu chí không có", _FOLLOWED),
    "L110": Kind(_W, "Tồn tại chưa khắc phục xong mà không giải trình", _FOLLOWED),
    "L111": Kind(_W, "Ghi đã khắc phục mà điểm không tăng", _FOLLOWED),
    "A101": Kind(_E, "Không đọc được tệp thẩm định", _SUBMITTED),
    "A102": Kind(_E, "Tệp thẩm định quá lớn hoặc có cấu trúc nguy hiểm", _SUBMITTED),
    "A103": Kind(_E, "Không nhận ra bảng thẩm định", _SUBMITTED),
    "A104": Kind(_E, "Dòng có điểm hoặc ý kiến nhưng không rõ của tiêu chí nào", _SUBMITTED),
    "A105": Kind(_E, "Mã tiêu chí bị bảng tính làm sai", _SUBMITTED),
    "A106": Kind(_E, "Ô thẩm định không đọc được", _SUBMITTED),
    "A107": Kind(_E, "Điểm thẩm định trong tệp ngoài mức điểm", _SUBMITTED),
    "A108": Kind(_E, "Một tiêu chí có hai kết quả thẩm định khác nhau", _SUBMITTED),
    "A109": Kind(_W, "Ô thẩm định chứa công thức", _SUBMITTED),
    "A110": Kind(_N, "Tiêu chí không có điểm trong tệp thẩm định", _SUBMITTED),
    "A111": Kind(_W, "Điểm cộng trong tệp khác điểm cộng theo bộ tiêu chí", _SUBMITTED),
    "A112": Kind(_E, "Vòng thẩm định không nhập được", _SUBMITTED),
    "A113": Kind(_E, "Tệp thẩm định của năm hoặc bộ tiêu chí khác", _SUBMITTED),
    "A114": Kind(_W, "Ý kiến cho tiêu chí có tiêu chí con không được nhập", _SUBMITTED),
    "V101": Kind(_W, "Quyền hạn, chức vụ người ký viết không đúng", _PAPER),
    "V102": Kind(_W, "Họ tên người ký kèm học hàm, học vị", _PAPER),
    "V103": Kind(_W, "Dòng “Lưu” thiếu hoặc không ở cuối nơi nhận", _PAPER),
    "V104": Kind(_W, "Văn bản có số mà không có ngày, hoặc ngược lại", _PAPER),
    "V105": Kind(_W, "Số văn bản không chỉ là số", _PAPER),
    "V106": Kind(_W, "Ký hiệu không hợp loại văn bản", _PAPER),
    "V107": Kind(_W, "Trích yếu có “V/v”", _PAPER),
    "V108": Kind(_E, "Trang nội dung kế hoạch không có hoặc thiếu đề mục", _FORMAT),
    "Z101": Kind(_E, "Tệp không phải báo cáo PDF hay gói hồ sơ đọc được", _PACKAGE),
    "Z102": Kind(_E, "Gói ZIP hỏng hoặc dựng sai", _STRANGER),
    "Z103": Kind(_E, "Tên tệp trong gói nguy hiểm", _STRANGER),
    "Z104": Kind(_E, "Tên tệp trong gói trùng nhau", _STRANGER),
    "Z105": Kind(_E, "Tệp trong gói quá lớn hoặc nén kiểu bom", _STRANGER),
    "Z106": Kind(_E, "Tệp trong gói có mật khẩu hoặc nén bằng cách lạ", _STRANGER),
    "Z107": Kind(_E, "Bảng kê thiếu hoặc không đọc được", _PACKAGE),
    "Z108": Kind(_E, "Tệp trong gói không có trong bảng kê", _PACKAGE),
    "Z109": Kind(_E, "Gói thiếu tệp có trong bảng kê", _PACKAGE),
    "Z110": Kind(_E, "Nội dung tệp khác bảng kê", _PACKAGE),
    "Z111": Kind(_E, "Chữ ký số không hợp lệ", _PACKAGE),
    "Z112": Kind(_W, "Chữ ký số chưa đủ căn cứ để tin", _PACKAGE),
    "Z113": Kind(_W, "Chưa ký số", _PACKAGE),
    "Z114": Kind(_E, "Báo cáo và gói không cùng một hồ sơ", _PACKAGE),
    "Z115": Kind(_W, "Báo cáo không kèm bảng kê", _PACKAGE),
    "Z116": Kind(_E, "Không tính lại được điểm từ số liệu trong gói", _PACKAGE),
    "Z117": Kind(_E, "Điểm ghi trong tệp khác điểm tính lại", _PACKAGE),
    "Z118": Kind(_E, "Thiếu tài liệu kiểm chứng được viện dẫn", _PROOF),
    "Z119": Kind(_E, "Tệp trong gói có cấu trúc nguy hiểm", _STRANGER),
    "Z120": Kind(_W, "Khung của gói không phải do chương trình viết", _PACKAGE),
    "Z121": Kind(_N, "Tài liệu không gửi kèm bản chụp", _PROOF),
    "Z122": Kind(_W, "Hồ sơ có số liệu minh họa", _PACKAGE),
    "Z123": Kind(_W, "Hồ sơ lập bằng phiên bản khác của chương trình", _PACKAGE),
    "Z124": Kind(_W, "Tệp không giống bản dựng lại từ số liệu", _PACKAGE),
    "Z125": Kind(_W, "Chưa đủ chữ ký số của người có thẩm quyền và cơ quan", _PACKAGE),
    "U101": Kind(_E, "Tệp khóa PKCS#12 không đọc được", _SIGN),
    "U102": Kind(_E, "Sai mật khẩu hoặc mã PIN", _SIGN),
    "U103": Kind(_E, "Mã PIN bị khóa", _SIGN),
    "U104": Kind(_E, "Mô-đun PKCS#11 không nạp được", _SIGN),
    "U105": Kind(_E, "Không thấy thiết bị ký", _SIGN),
    "U106": Kind(_E, "Không có chứng thư hoặc khóa cần dùng", _SIGN),
    "U107": Kind(_E, "Chứng thư ngoài thời hạn", _SIGN),
    "U108": Kind(_E, "Chứng thư không dùng để ký số", _SIGN),
    "U109": Kind(_E, "Khóa hoặc thuật toán yếu", _SIGN),
    "U110": Kind(_E, "Tệp PDF không ký được", _SIGN),
    "U111": Kind(_E, "Tệp PDF đã ký hoặc đã bị sửa sau khi ký", _SIGN),
    "U112": Kind(_E, "Sai thứ tự ký", _SIGN),
    "U113": Kind(_E, "Không tìm thấy chỗ ký", _SIGN),
    "U114": Kind(_E, "Ảnh chữ ký hoặc con dấu không dùng được", _SIGN),
    "U115": Kind(_W, "Ảnh chữ ký hoặc con dấu chưa đúng thể thức", _SIGN),
    "U116": Kind(_E, "Không có được dấu thời gian", _SIGN),
    "U117": Kind(_E, "Không đủ thông tin để ký lưu trữ lâu dài", _SIGN),
    "U118": Kind(_E, "Văn bản có số liệu minh họa", "Số liệu minh họa không được ký như số liệu thật"),
    "U119": Kind(_E, "Thiết bị ký báo lỗi", _SIGN),
    "U120": Kind(_E, "Không đọc được chữ ký", _SIGN),
    "U121": Kind(_E, "Tệp chứng thư tin cậy không đọc được", _SIGN),
    "W101": Kind(_E, "Không đọc được tệp văn bản", _ANY_PAPER),
    "W102": Kind(_E, "Tệp văn bản quá lớn hoặc có cấu trúc nguy hiểm", _ANY_PAPER),
    "W103": Kind(_E, "Thiếu thành phần thể thức bắt buộc", f"{_D30}, Điều 8 khoản 2"),
    "W104": Kind(_N, "Có phần chưa xét được thể thức", _ANY_PAPER),
    "W105": Kind(_E, "Khổ giấy hoặc chiều giấy không đúng", f"{_P1} 1 và 2"),
    "W106": Kind(_E, "Lề trang không đúng", f"{_P1} 3"),
    "W107": Kind(_E, "Phông chữ không phải Times New Roman", f"{_P1} 4"),
    "W108": Kind(_E, "Chữ không phải màu đen", f"{_P1} 4"),
    "W109": Kind(_E, "Chữ không theo bảng mã Unicode dựng sẵn", f"{_P1} 4"),
    "W110": Kind(_E, "Số trang không đúng", f"{_P1} 7"),
    "W111": Kind(_E, "Quốc hiệu, Tiêu ngữ ghi sai chữ", f"{_P2} 1"),
    "W112": Kind(_E, "Quốc hiệu, Tiêu ngữ trình bày không đúng", f"{_P2} 1"),
    "W113": Kind(_E, "Đường kẻ dưới Tiêu ngữ không đúng", f"{_P2} 1"),
    "W114": Kind(_E, "Tên cơ quan ban hành trình bày không đúng", f"{_P2} 2"),
    "W115": Kind(_E, "Đường kẻ dưới tên cơ quan không đúng", f"{_P2} 2"),
    "W116": Kind(_E, "Số, ký hiệu ghi không đúng", f"{_P2} 3 và Phụ lục III"),
    "W117": Kind(_E, "Số, ký hiệu trình bày không đúng", f"{_P2} 3"),
    "W118": Kind(_E, "Địa danh và thời gian ban hành ghi không đúng", f"{_P2} 4"),
    "W119": Kind(_E, "Địa danh và thời gian ban hành trình bày không đúng", f"{_P2} 4"),
    "W120": Kind(_E, "Tên loại, trích yếu nội dung không đúng", f"{_P2} 5"),
    "W121": Kind(_E, "Đường kẻ dưới trích yếu không đúng", f"{_P2} 5"),
    "W122": Kind(_E, "Nơi kính gửi không đúng", f"{_P2} 9"),
    "W123": Kind(_E, "Căn cứ ban hành không đúng", f"{_P2} 6"),
    "W124": Kind(_E, "Cỡ chữ của nội dung không đúng", f"{_P2} 6"),
    "W125": Kind(_E, "Nội dung không canh đều hoặc thụt dòng sai", f"{_P2} 6"),
    "W126": Kind(_E, "Khoảng cách đoạn, dòng của nội dung không đúng", f"{_P2} 6"),
    "W127": Kind(_E, "Quyền hạn, chức vụ, họ tên người ký không đúng", f"{_P2} 7"),
    "W128": Kind(_E, "Có học hàm, học vị trước họ tên người ký", f"{_P2} 7"),
    "W129": Kind(_E, "Nơi nhận trình bày không đúng", f"{_P2} 9"),
    "W130": Kind(_E, "Nơi nhận ghi không đúng", f"{_P2} 9"),
    "W131": Kind(_E, "Số thứ tự phụ lục không đúng", f"{_P3} 1"),
    "W132": Kind(_E, "Tên phụ lục không đúng", f"{_P3} 1"),
    "W133": Kind(_E, "Phụ lục thiếu dòng “Kèm theo”", f"{_P3} 1"),
}


@dataclass(frozen=True, order=True)
class Finding:
    """One thing that is wrong. Findings sort by file, line, column and code."""

    place: Place
    code: str
    message: str = field(compare=True)
    """What is wrong, in Vietnamese."""
    mend: str = field(compare=False, default="")
    """How to mend it, in Vietnamese."""

    @property
    def severity(self) -> Severity:
        """How much it weighs, by its code."""
        return CATALOGUE[self.code].severity

    @property
    def title(self) -> str:
        """What its code stands for."""
        return CATALOGUE[self.code].title

    @property
    def basis(self) -> str:
        """The rule it rests on."""
        return CATALOGUE[self.code].basis


def has_errors(findings: tuple[Finding, ...]) -> bool:
    """Whether anything stands in the way of building."""
    return any(finding.severity is Severity.ERROR for finding in findings)
