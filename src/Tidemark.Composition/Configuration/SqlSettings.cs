using Tidemark.Sources;

namespace Tidemark.Composition.Configuration;

/// <summary>A database that is asked again and again what changed.</summary>
/// <param name="Address">As it was written; never to be shown.</param>
/// <param name="Tables">What of it becomes documents.</param>
internal sealed record SqlSettings(string Address, IReadOnlyList<SqlTable> Tables)
{
    /// <summary>What a source is called on the command line where its name means something else, too.</summary>
    public const string Scheme = "sql:";

    /// <summary>What <see cref="SettingPaths.SqlReconcile"/> says where everything is read only when it is asked for.</summary>
    public const string Never = "never";

    public TimeSpan Overlap { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether everything is due, of which it was done last at a moment; null: once a day.</summary>
    public Func<DateTimeOffset, DateTimeOffset, bool>? IsDue { get; init; }

    /// <summary>The settings of one entry of <c>sources</c> that is such a database.</summary>
    public static readonly IReadOnlyList<SettingDefinition> Entry =
    [
        new(SettingPaths.SqlAddress, SettingKind.Text,
            "`postgres://USER@HOST:PORT/DATABASE`, `mysql://USER@HOST:PORT/DATABASE` (MySQL, MariaDB) or `sqlite:PATH`, or `env:NAME`: the variable that holds it. Required."),
        new(SettingPaths.SourceName, SettingKind.Text, "The source's name, where `sources` is a list. Required there."),
        new(SettingPaths.SqlOverlap, SettingKind.Text,
            "So much before the last time stamp that was seen is read again each time: what was committed up to so much later than its time stamp says is found.")
        {
            Default = "30s",
        },
        new(SettingPaths.SqlReconcile, SettingKind.Text,
            "When a sync reads everything and compares, so that rows that vanished are found: five fields of cron (`0 3 * * *`), an interval (`every 12h`), or `never`.")
        {
            Default = "every 24h",
        },
        new(SettingPaths.SourceSchedule, SettingKind.Text, "When `serve` and `worker` sync it, as of other sources. Unset: as `schedules.sync`."),
        new(SettingPaths.SourceCleanup, SettingKind.Choice, "`full`: what was read whole loses what is not there any more; `none`: nothing goes but what is marked as deleted.")
        {
            Choices = ["full", "none"],
        },
        new(SettingPaths.SourceUrl, SettingKind.Text, "Where a document can be looked at, as of other sources."),
    ];

    /// <summary>The settings of one entry of <c>tables</c>.</summary>
    public static readonly IReadOnlyList<SettingDefinition> Table =
    [
        new(SettingPaths.FeedId, SettingKind.Text, "The document's id, made of the columns of the table's key: `products/{id}`. Required."),
        new(SettingPaths.FeedText, SettingKind.Text, "The document's text, made of columns: `Product: {name}\\n{description}`. Required."),
        new(SettingPaths.FeedMetadata, SettingKind.Texts, "Columns that become metadata, each as what it is. Unset: none.") { IsListOnly = true },
        new(SettingPaths.SqlUpdated, SettingKind.Texts,
            "The column of the time at which a row was written last; of several the first that is not null. Unset: the table is read whole each time."),
        new(SettingPaths.SqlDeleted, SettingKind.Text, "A column that is not null, false or 0 where the row is deleted. Unset: rows vanish."),
        new(SettingPaths.SqlQuery, SettingKind.Text, "A `select` that is read instead of the table. Unset: the table."),
        new(SettingPaths.FeedExpiresAt, SettingKind.Text, "A column of a time from which on the document is not valid any more. Unset: it always is."),
        new(SettingPaths.FeedTier, SettingKind.Text, "A column that holds the document's tier. Unset: rules say it."),
    ];
}
