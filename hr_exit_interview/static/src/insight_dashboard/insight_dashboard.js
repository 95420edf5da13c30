import {
    Component,
    onWillStart,
    onWillUnmount,
    useEffect,
    useRef,
    useState,
} from "@odoo/owl";
import { loadBundle } from "@web/core/assets";
import { getColor } from "@web/core/colors/colors";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { formatFloat } from "@web/core/utils/numbers";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

const GRID_COLOR = "rgba(127, 127, 127, 0.25)";
// Red, green and blue together: above their middle a text is on a dark page.
const MIDDLE = (3 * 255) / 2;
// The scale of theme scores, and how far below its middle a score stands out.
const LOW_SCORE = 2.75;
const HIGH_SCORE = 3.75;

// What a label beside a bar may take of the width before it continues on the next line.
const LABEL_LENGTH = 22;

/** A label as lines of whole words, so that a phone shows all of it. */
function wrapLabel(label) {
    return label.split(" ").reduce(
        (lines, word) => {
            const line = `${lines.at(-1)} ${word}`.trim();
            return line.length > LABEL_LENGTH && lines.at(-1)
                ? [...lines, word]
                : [...lines.slice(0, -1), line];
        },
        [""],
    );
}

/** A figure as the language of its reader writes it. */
function formatFigure(value) {
    return formatFloat(value, { digits: [16, 1], trailingZeros: false });
}

/** One chart: give it `type`, `data` and what a click on a bar opens. */
export class InsightChart extends Component {
    static template = "hr_exit_interview.InsightChart";
    static props = {
        type: String,
        labels: Array,
        values: Array,
        unit: { type: String, optional: true },
        isHorizontal: { type: Boolean, optional: true },
        onOpen: { type: Function, optional: true },
    };

    setup() {
        this.canvas = useRef("canvas");
        useEffect(() => this.draw());
        onWillUnmount(() => this.chart?.destroy());
    }

    draw() {
        this.chart?.destroy();
        // Chart.js is loaded by the dashboard before any chart is drawn.
        this.chart = new window.Chart(this.canvas.el, this.config);
    }

    write(value) {
        return `${formatFigure(value)}${this.props.unit || ""}`;
    }

    /** What is drawn, for those who cannot see it; its heading names the subject. */
    get inWords() {
        const { labels, values } = this.props;
        return labels
            .map((label, at) => {
                // A month of which nothing may be shown is a gap in the line.
                const isKnown = typeof values[at] === "number";
                return `${label}: ${isKnown ? this.write(values[at]) : "–"}`;
            })
            .join("; ");
    }

    get config() {
        const { type, labels, values, isHorizontal, onOpen } = this.props;
        // As the page is: the cookie may ask for a scheme that is not installed.
        const ticks = { color: window.getComputedStyle(this.canvas.el).color };
        const grid = { color: GRID_COLOR };
        const light = ticks.color.match(/\d+/g).slice(0, 3).map(Number);
        const isDark = light.reduce((sum, part) => sum + part) > MIDDLE;
        const color = getColor(0, isDark ? "dark" : "light", "odoo");
        const figures = {
            ticks: { ...ticks, callback: (value) => this.write(value) },
            grid,
            beginAtZero: true,
        };
        return {
            type,
            data: {
                labels: isHorizontal ? labels.map(wrapLabel) : labels,
                datasets: [
                    {
                        data: values,
                        backgroundColor: color,
                        borderColor: color,
                        tension: 0.2,
                        spanGaps: true,
                    },
                ],
            },
            options: {
                animation: false,
                maintainAspectRatio: false,
                indexAxis: isHorizontal ? "y" : "x",
                scales: {
                    [isHorizontal ? "x" : "y"]: figures,
                    [isHorizontal ? "y" : "x"]: { ticks, grid },
                },
                plugins: {
                    legend: { display: false },
                    tooltip: {
                        callbacks: {
                            label: (item) => this.write(item.raw),
                        },
                    },
                },
                onClick: (_event, elements) => {
                    if (elements.length && onOpen) {
                        onOpen(elements[0].index);
                    }
                },
            },
        };
    }
}

/** Published figures on why people leave. */
export class InsightDashboard extends Component {
    static template = "hr_exit_interview.InsightDashboard";
    static components = { Layout, InsightChart };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({ quarters: 4, departmentId: false, data: null });
        this.display = { controlPanel: {} };
        onWillStart(() => Promise.all([loadBundle("web.chartjs_lib"), this.load()]));
    }

    async load() {
        this.state.data = await this.orm.call(
            "hr.exit.insight.dashboard",
            "get_data",
            [],
            {
                quarters: this.state.quarters,
                department_id: this.state.departmentId,
            },
        );
    }

    get data() {
        return this.state.data;
    }

    get periods() {
        return [
            [1, _t("Last closed quarter")],
            [4, _t("Last year")],
            [8, _t("Last two years")],
            [20, _t("Last five years")],
        ];
    }

    get tiles() {
        return [
            ["turnover", _t("Turnover a year"), "%"],
            ["voluntary", _t("Left by choice"), "%"],
            ["regretted", _t("Regretted losses"), "%"],
            ["early", _t("Left within a year"), "%"],
            ["participation", _t("Took part"), "%"],
            ["enps", _t("eNPS"), ""],
        ].map(([item, label, unit]) => ({
            item,
            label,
            unit,
            // What was registered is listed by way of leaving.
            subject: item === "voluntary" ? "type" : item,
            ...this.data.tiles[item],
        }));
    }

    format(value) {
        return formatFigure(value);
    }

    get stillInService() {
        return _t("Still in service after … months");
    }

    byChoice(tile) {
        return _t("%s of the staff a year", `${this.format(tile.turnover)}%`);
    }

    get tooFew() {
        return _t("Too few to show");
    }

    get note() {
        return _t(
            "Figures about fewer than %s people are not shown, nor others that would give these away. Units have the figures of the quarters in which they could be shown.",
            this.data.minimum,
        );
    }

    onPeriod(event) {
        this.state.quarters = Number(event.target.value);
        this.load();
    }

    onUnit(event) {
        this.state.departmentId = Number(event.target.value) || false;
        this.load();
    }

    column(rows, name) {
        return rows.map((row) => row[name]);
    }

    heatClass(cell) {
        if (!cell) {
            return "text-muted";
        }
        if (cell.value < LOW_SCORE) {
            return "o_insight_low";
        }
        return cell.value >= HIGH_SCORE ? "o_insight_high" : "";
    }

    /** Open the published figures behind a chart, as far as the reader may see them. */
    openFigures(name, domain) {
        this.action.doAction({
            type: "ir.actions.act_window",
            name,
            res_model: "hr.exit.insight",
            views: [[false, "list"]],
            domain: [["quarter", "in", this.data.quarters], ...domain],
        });
    }

    openReason(index) {
        const reason = this.data.reasons[index];
        const domain = reason.id ? [["reason_id", "child_of", reason.id]] : [];
        this.openSubject(reason.label, "reason", ...domain);
    }

    openUnit(rows, item, index) {
        const { id, label } = rows[index];
        const domain = id ? [["department_id", "=", id]] : [];
        this.openSubject(label, item, ...domain);
    }

    openSubject(name, item, ...domain) {
        this.openFigures(name, [["item", "=", item], ...domain]);
    }

    openType(index) {
        const type = this.data.types[index];
        const domain = type.id ? [["answer_type", "=", type.id]] : [];
        this.openSubject(type.label, "type", ...domain);
    }

    openBand(index) {
        const { id, label } = this.data.turnover_bands[index];
        this.openSubject(label, "turnover", ["tenure_band", "=", id]);
    }

    openTheme(index) {
        const theme = this.data.themes.themes[index];
        this.openFigures(theme.name, [["theme_id", "=", theme.id]]);
    }

    openMonth(index) {
        const { month } = this.data.months[index];
        const domain = [["month", "=", `${month}-01`]];
        if (this.state.departmentId) {
            domain.push(["department_id", "=", this.state.departmentId]);
        }
        this.action.doAction({
            type: "ir.actions.act_window",
            name: month,
            res_model: "hr.exit.headcount",
            views: [[false, "list"]],
            domain,
        });
    }

    openRecord(model, id) {
        this.action.doAction({
            type: "ir.actions.act_window",
            res_model: model,
            res_id: id,
            views: [[false, "form"]],
        });
    }

    print() {
        window.print();
    }

    exportXlsx() {
        this.action.doAction({
            type: "ir.actions.act_url",
            url: `/hr_exit_interview/insight.xlsx?quarters=${this.state.quarters}`,
            target: "download",
        });
    }
}

registry.category("actions").add("hr_exit_insight_dashboard", InsightDashboard);
