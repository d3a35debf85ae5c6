using Tidemark.Documents;

namespace Tidemark.Sources;

/// <summary>How the messages of a connector are read.</summary>
public sealed record ConnectorOptions
{
    /// <summary>The source's name, and the first part of every document's id.</summary>
    public required string Name { get; init; }

    /// <summary>Whose messages they are.</summary>
    public required ConnectorFormat Format { get; init; }

    /// <summary>The fields that name a record in its stream, with commas between them; null: the key that its schema names, else <c>id</c>.</summary>
    public string? IdKey { get; init; }

    /// <summary>The field that is the text; null: <c>text</c>, <c>content</c> or <c>page_content</c>, else every text of the record, a line each.</summary>
    public string? TextKey { get; init; }

    /// <summary>Makes the text out of fields: <c>{name}: {about}</c>.</summary>
    public string? TextTemplate { get; init; }

    /// <summary>
    /// Full: every listing is meant to be of everything, so that of a stream that has its end what did not come goes. Null: so it is only
    /// where the connector says that a version of a stream takes the place of another.
    /// </summary>
    public CleanupMode? Cleanup { get; init; }

    /// <summary>What is remembered from one listing to the next, and who gets the connector's states; null: nothing, and nobody.</summary>
    public IConnectorJournal? Journal { get; init; }

    /// <summary>A longer line fails without being kept in memory.</summary>
    public int MaxLineBytes { get; init; } = 16_000_000;
}
