"""The evidence binder: one PDF with every claim, the scans that prove it, and a list of what stays out."""

from __future__ import annotations

from pipeline.binder.bind import BinderError, bound, write_binder
from pipeline.binder.plan import BinderPlan, plan_binder

__all__ = ["BinderError", "BinderPlan", "bound", "plan_binder", "write_binder"]
