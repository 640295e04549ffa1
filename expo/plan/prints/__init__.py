"""The plan drawn, described and printed."""

from expo.plan.prints.paper import floor_plan_pdf, floor_plan_svg

__all__ = ["floor_plan_pdf", "floor_plan_svg"]
