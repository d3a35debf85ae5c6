using Tidemark.Reporting;
using Tidemark.Server.Http;
using Tidemark.Serving;
using Tidemark.Wire;

namespace Tidemark.Server.Endpoints;

/// <summary>How the index stands, and what became of documents.</summary>
internal static class ReadingRoutes
{
    public static IEnumerable<ServiceRoute> All =>
    [
        new("GET", "namespaces", "listNamespaces", "Lists the namespaces that the key is good for.", AccessScope.Read)
        {
            Answer = "An array of namespaces.",
            Reach = Reach.Own,
            Schema = Schemas.Array,
            Handle = async call =>
            {
                var all = await call.Index.NamespacesAsync(call.Ended);
                await call.AnswerAsync(json => json.WriteArray(all.Where(one => call.Caller.MaySee(one.Name)), NamespaceJson.Write));
            },
        },
        new("GET", "status", "getStatus", "How the namespace stands: size, freshness, queue, cost, alerts.", AccessScope.Read)
        {
            Schema = "Status",
            Handle = async call => await call.AnswerWithAsync(
                await call.Index.StatusAsync(call.Options.Status with { Namespace = call.Namespace }, call.Ended)),
        },
        new("GET", "runs", "listRuns", "The runs, newest first, with what they paid.", AccessScope.Read)
        {
            Parameters = [CommonParameters.Limit],
            Schema = Schemas.Array,
            Handle = async call =>
            {
                var (runs, paid) = await call.Index.RunsAsync(call.Arguments.Integer("limit"), call.Namespace, call.Ended);
                await call.AnswerAsync(json => RunJson.Write(json, runs, paid));
            },
        },
        new("GET", "history", "getHistory", "The states of a document that are kept, newest first.", AccessScope.Read)
        {
            Parameters = [CommonParameters.Document.Required()],
            Handle = async call =>
            {
                var history = await call.Index.HistoryAsync(call.Arguments.Required("document"), call.Namespace, call.Ended);
                await call.AnswerAsync(json => HistoryJson.Write(json, history));
            },
        },
        new("GET", "why", "why", "What was last embedded of a document, and which input caused it.", AccessScope.Read)
        {
            Parameters = [CommonParameters.Document.Required()],
            Handle = async call => await call.AnswerWithAsync(await call.WhyAsync(call.Arguments.Required("document"))),
        },
        new("GET", "diff", "compareRuns", "What became of the documents between the ends of two runs.", AccessScope.Read)
        {
            Parameters = [Parameter.Text("from", "The number of a run.").Required(), Parameter.Text("to", "The number of a later run.").Required()],
            Handle = async call =>
            {
                var difference = await call.Index.DifferenceAsync(
                    call.Arguments.Run("from")!.Value, call.Arguments.Run("to")!.Value, call.Namespace, call.Ended);
                await call.AnswerAsync(json => RunDifferenceJson.Write(json, difference));
            },
        },
        new("GET", "cost", "getCost", "What keeping the index in step costs in four ways, by its corpus and its churn.", AccessScope.Read)
        {
            Parameters = [Parameter.Number("days", "How far back churn is looked at.", CostOptions.DefaultDays, 1, 3_650)],
            Handle = async call => await call.AnswerWithAsync(await call.Index.CostAsync(
                new CostOptions { Namespace = call.Namespace, Days = call.Arguments.Integer("days") }, call.Ended)),
        },
        new("GET", "months", "listMonths", "What the last months cost, all namespaces of the store together.", AccessScope.Read)
        {
            Parameters = [Parameter.Number("count", "How many months.", 12, 1, 120)],
            Reach = Reach.Store,
            Schema = Schemas.Array,
            Handle = async call =>
            {
                var months = await call.Index.MonthsAsync(call.Arguments.Integer("count"), call.Ended);
                await call.AnswerAsync(json => LedgerJson.Write(json, months));
            },
        },
    ];
}
