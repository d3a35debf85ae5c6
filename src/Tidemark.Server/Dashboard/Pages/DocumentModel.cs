using Tidemark.Lifecycle;
using Tidemark.Records;
using Tidemark.Reporting;
using Tidemark.Server.Http;

namespace Tidemark.Server.Dashboard.Pages;

/// <summary>One document: what it is made of, why that was embedded, and what it was.</summary>
/// <param name="Report">Null: it is gone, and this is its past.</param>
/// <param name="Why">Null: it is of the past, or gone.</param>
/// <param name="AsOf">When it is looked at; null: now.</param>
internal sealed record DocumentModel(string Id, DocumentReport? Report, WhyReport? Why, DocumentHistory History, string? AsOf, bool IsHeld)
{
    /// <summary>Longer documents have their chunks in the raw form.</summary>
    public const int MostChunks = 200;

    public static async Task<DocumentModel> ReadAsync(Call call)
    {
        var id = call.Arguments.Required("id");
        var asOf = call.Arguments.Text("asOf") is { Length: > 0 } then ? then : null;
        var history = await call.Index.HistoryAsync(id, call.Namespace, call.Ended);
        var holds = await call.Index.HoldsAsync(call.Namespace, call.Ended);
        var isHeld = holds.Any(hold => hold.Scope == SafeguardScope.Document && hold.Name == id);
        if (asOf is not null)
        {
            return new DocumentModel(id, await call.Index.DocumentAsync(id, call.Namespace, call.Arguments.Moment("asOf"), call.Ended), null, history, asOf, isHeld);
        }

        try
        {
            var report = await call.Index.DocumentAsync(id, call.Namespace, null, call.Ended);
            return new DocumentModel(id, report, await call.WhyAsync(id), history, null, isHeld);
        }
        catch (TidemarkException e) when (e.Code == ErrorCodes.DocumentMissing && history.States.Count > 0)
        {
            return new DocumentModel(id, null, null, history, null, isHeld);
        }
    }
}
