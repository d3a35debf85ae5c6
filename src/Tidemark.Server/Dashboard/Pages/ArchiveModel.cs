using Tidemark.Lifecycle;
using Tidemark.Server.Http;

namespace Tidemark.Server.Dashboard.Pages;

/// <summary>What is gone and can be brought back, by id.</summary>
internal sealed record ArchiveModel(IReadOnlyList<ArchivedDocument> Documents, string? After, string? Next)
{
    private const int Shown = 50;

    public static async Task<ArchiveModel> ReadAsync(Call call)
    {
        var after = call.Arguments.Text("after");
        await call.Index.NamespaceAsync(call.Namespace, call.Ended);
        var page = await call.Index.ArchiveAsync(call.Options.Retention.HistoryOf(call.Namespace), call.Namespace, call.Ended)
            .Where(archived => after is null || string.CompareOrdinal(archived.State.Document.Id, after) > 0)
            .Take(Shown + 1).ToListAsync(call.Ended);
        return new ArchiveModel([.. page.Take(Shown)], after, page.Count > Shown ? page[Shown - 1].State.Document.Id : null);
    }
}
