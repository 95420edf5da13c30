import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { stepUtils } from "@web_tour/tour_utils";

// A list that is still being fetched shows one item too: that it loads. Clicking that chooses nobody.
const FOUND = ".o-autocomplete--dropdown-item:not(:has(.o_loading))";

registry.category("web_tour.tours").add("hr_exit_interview_departure", {
    url: "/odoo",
    steps: () => [
        stepUtils.showAppsMenuItem(),
        {
            trigger: '.o_app[data-menu-xmlid="hr_exit_interview.menu_hr_exit_root"]',
            content: _t("Somebody is leaving? It begins here."),
            tooltipPosition: "bottom",
            run: "click",
        },
        {
            trigger: ".o-kanban-button-new",
            content: _t("Register a departure as soon as notice is given."),
            tooltipPosition: "bottom",
            run: "click",
        },
        {
            trigger: "div[name=employee_id] input",
            content: _t("Choose who leaves."),
            tooltipPosition: "bottom",
            run: "click",
        },
        {
            trigger: `div[name=employee_id] ${FOUND}:eq(0)`,
            run: "click",
        },
        {
            trigger: "div[name=departure_reason_id] input",
            content: _t(
                "How does this person leave? It decides on settlement and questions.",
            ),
            tooltipPosition: "bottom",
            run: "click",
        },
        {
            trigger: `div[name=departure_reason_id] ${FOUND}:eq(1)`,
            run: "click",
        },
        {
            trigger: "div[name=departure_date] input, div[name=departure_date] button",
            content: _t("Fill in the last day of the contract."),
            tooltipPosition: "bottom",
            run: "click",
        },
        {
            trigger: ".o_datetime_picker .o_next",
            content: _t("Choose a day that is still to come."),
            tooltipPosition: "bottom",
            run: "click",
        },
        {
            trigger: ".o_date_item_cell:not(.o_out_of_range):contains(28)",
            run: "click",
        },
        {
            trigger: "button[name=action_confirm]",
            content: _t(
                "Confirm it once the leaver has been told: the settlement is made, and after the hold period an interview is offered.",
            ),
            tooltipPosition: "bottom",
            run: "click",
        },
        {
            trigger: ".o_arrow_button_current[data-value=confirmed]",
        },
    ],
});
