using Tidemark.Records;
using Tidemark.Server.Http;

namespace Tidemark.Server.Dashboard.Pages;

/// <summary>One page of documents by id. The next one begins behind the last id of this one.</summary>
/// <param name="Next">Null: there are no more.</param>
internal sealed record DocumentsModel(IReadOnlyList<DocumentSummary> Documents, string Prefix, string? After, string? AsOf, string? Next)
{
    private const int Shown = 50;

    public static async Task<DocumentsModel> ReadAsync(Call call)
    {
        var (prefix, after) = (call.Arguments.Text("prefix") ?? "", call.Arguments.Text("after"));
        var asOf = call.Arguments.Text("asOf") is { Length: > 0 } then ? then : null;
        await call.Index.NamespaceAsync(call.Namespace, call.Ended);
        var page = await call.Index
            .DocumentsAsync(prefix, call.Namespace, asOf is null ? null : call.Arguments.Moment("asOf"), after, call.Ended)
            .Take(Shown + 1).ToListAsync(call.Ended);
        return new DocumentsModel([.. page.Take(Shown)], prefix, after, asOf, page.Count > Shown ? page[Shown - 1].Id : null);
    }
}
