using Tidemark.Server.Http;

namespace Tidemark.Server.Dashboard.Pages;

/// <summary>The pages that show how things are.</summary>
internal static class PageRoutes
{
    private static readonly Parameter Document = Parameter.Text("id", "Of the document.").Required();

    public static IEnumerable<ServiceRoute> All =>
    [
        PageRoute.Live<OverviewPage, OverviewModel>("", "Overview", OverviewModel.ReadAsync),
        PageRoute.Of<SearchPage, SearchModel>(
            "search",
            "Search",
            SearchModel.ReadAsync,
            Parameter.Text("query", "What to look for."),
            Parameter.Number("k", "How many chunks in each column.", 10, 1, 100),
            Parameter.Text("filter", "A condition on metadata."),
            Parameter.Text("path", "Only documents at or below this id."),
            Parameter.Text("source", "Only documents of this source."),
            Parameter.Number("back", "Without the last runs.", 0, 0, 1_000),
            Parameter.Flag("both", "Of both generations."),
            CommonParameters.AsOf),
        PageRoute.Of<DocumentsPage, DocumentsModel>(
            "documents",
            "Documents",
            DocumentsModel.ReadAsync,
            Parameter.Text("prefix", "Only ids that start with it."),
            Parameter.Text("after", "Only ids behind this one."),
            CommonParameters.AsOf),
        PageRoute.Of<DocumentPage, DocumentModel>("document", "Document", DocumentModel.ReadAsync, Document, CommonParameters.AsOf),
        DocumentRaw.Route(Document),
        PageRoute.Live<RunsPage, RunsModel>("runs", "Runs", RunsModel.ReadAsync),
        PageRoute.Of<RunPage, RunModel>("run", "Run", RunModel.ReadAsync, Parameter.Text("number", "Of the run.").Required()),
        PageRoute.Live<OperationPage, OperationModel>("operation", "Operation", OperationModel.ReadAsync, Parameter.Text("id", "Of the operation.").Required()),
        PageRoute.Live<QueuePage, QueueModel>("queue", "Queue", QueueModel.ReadAsync),
        PageRoute.Live<MigrationPage, MigrationModel>("migration", "Migration", MigrationModel.ReadAsync),
        PageRoute.Of<ArchivePage, ArchiveModel>("archive", "Archive", ArchiveModel.ReadAsync, Parameter.Text("after", "Only ids behind this one.")),
        PageRoute.Of<HoldsPage, HoldsModel>("holds", "Holds and erasures", HoldsModel.ReadAsync),
        PageRoute.Of<CostPage, CostModel>(
            "cost", "Cost", CostModel.ReadAsync, Parameter.Number("days", "How far back changes are counted; 0: the strategies are not compared.", 0, 0, 3_650)),
    ];
}
