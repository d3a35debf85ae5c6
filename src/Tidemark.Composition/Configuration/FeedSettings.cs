namespace Tidemark.Composition.Configuration;

/// <summary>A source whose documents are rows of a PostgreSQL database.</summary>
/// <param name="Name">The source's.</param>
/// <param name="Address">As it was written; never to be shown.</param>
/// <param name="Slot">Null: by its name.</param>
/// <param name="Tables">What of it becomes documents.</param>
internal sealed record FeedSettings(string Name, string Address, string? Slot, IReadOnlyList<FeedTableSettings> Tables)
{
    private const string Variable = "env:";

    /// <summary>The settings of one entry of <c>sources</c> that is a database.</summary>
    public static readonly IReadOnlyList<SettingDefinition> Entry =
    [
        new(SettingPaths.FeedAddress, SettingKind.Text,
            "`postgres://USER@HOST:PORT/DATABASE` (the password in `PGPASSWORD`), or `env:NAME`: the variable that holds it. Required."),
        new(SettingPaths.SourceName, SettingKind.Text, "The source's name, where `sources` is a list. Required there."),
        new(SettingPaths.FeedSlot, SettingKind.Text,
            "The replication slot and the publication: lower-case letters, digits, underscores. Unset: `tidemark_` and the source's name."),
    ];

    /// <summary>The settings of one entry of <c>tables</c>.</summary>
    public static readonly IReadOnlyList<SettingDefinition> Table =
    [
        new(SettingPaths.FeedId, SettingKind.Text, "The document's id, made of the columns of the table's key: `products/{id}`. Required."),
        new(SettingPaths.FeedText, SettingKind.Text, "The document's text, made of columns: `Product: {name}\\n{description}`. Required."),
        new(SettingPaths.FeedMetadata, SettingKind.Texts, "Columns that become metadata, each as what it is: number, text, list, JSON. Unset: none.") { IsListOnly = true },
        new(SettingPaths.FeedExpiresAt, SettingKind.Text, "A column of a time from which on the document is not valid any more. Unset: it always is."),
        new(SettingPaths.FeedTier, SettingKind.Text, "A column that holds the document's tier. Unset: rules say it."),
    ];

    /// <summary>Settings of all feeds.</summary>
    public static readonly IReadOnlyList<SettingDefinition> Common =
    [
        new(SettingPaths.FeedsRun, SettingKind.Flag, "Whether `serve` and `worker` carry on the feeds of databases that `sources` names; else `tidemark feed` has to run somewhere.")
        {
            Default = "true",
        },
        new(SettingPaths.FeedAlert, SettingKind.Integer, "`status` alerts when a database keeps more bytes of its log than this because of a feed.")
        {
            Default = "1000000000", Minimum = 0,
        },
    ];

    /// <returns>The variable that holds an address (<c>env:NAME</c>); null: it was written out.</returns>
    public static string? VariableOf(string address) =>
        address.StartsWith(Variable, StringComparison.Ordinal) ? address[Variable.Length..] : null;
}
