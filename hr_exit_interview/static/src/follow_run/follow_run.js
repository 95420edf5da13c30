import { Component, onMounted, onWillUnmount, xml } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

const INTERVAL = 3000;

/**
 * Reads the record of a form again every few seconds, so that the progress of work in
 * the background is seen without asking for it. Show it while the work runs.
 */
export class FollowRun extends Component {
    static template = xml`<i class="fa fa-spinner fa-spin me-2" aria-hidden="true"/>`;
    static props = { ...standardWidgetProps };

    setup() {
        onMounted(() => this.plan());
        onWillUnmount(() => clearTimeout(this.timer));
    }

    plan() {
        this.timer = setTimeout(() => this.read(), INTERVAL);
    }

    async read() {
        const { record } = this.props;
        // What somebody is typing is not read over.
        if (!(await record.isDirty())) {
            await record.load();
        }
        this.plan();
    }
}

registry.category("view_widgets").add("exit_follow_run", { component: FollowRun });
