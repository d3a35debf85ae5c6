namespace Tidemark.Server.Http;

/// <summary>What many requests may say.</summary>
internal static class CommonParameters
{
    public static readonly Parameter Namespace = Parameter.Text("namespace", "The namespace that is meant; by default that of the service.");

    public static readonly Parameter Document = Parameter.Text("document", "The id of a document.");

    public static readonly Parameter AsOf = Parameter.Text("asOf", "As it was then: the number of a run, or a time as '2026-03-01T12:00:00Z'.");

    public static readonly Parameter DryRun = Parameter.Flag("dryRun", "Only say what would be done.");

    public static readonly Parameter Limit = Parameter.Number("limit", "So many at most.", 100, 1, 1_000);
}
