namespace Tidemark.Server;

/// <summary>
/// How a document is made of an event. A value is a JSON pointer (RFC 6901), <c>/data/id</c>, which takes what stands there as it is; or a
/// text with pointers in braces, <c>shop/{/data/id}</c>. A question mark behind a pointer says that it may lead to nothing.
/// </summary>
public sealed record HookMapping
{
    /// <summary>The name of the source that the documents belong to; null: the hook's name.</summary>
    public string? Source { get; init; }

    /// <summary>The namespace that they are in, for instance <c>tenant-{/tenant}</c>; null: that of the service.</summary>
    public string? Namespace { get; init; }

    /// <summary>What sort of event it is; null: as the signature or the format has it.</summary>
    public string? Event { get; init; }

    /// <summary>Events that put a document, by name or by beginning (<c>product.*</c>). Where no list names any event, all do.</summary>
    public IReadOnlyList<string> Upsert { get; init; } = [];

    /// <summary>Events that delete it.</summary>
    public IReadOnlyList<string> Delete { get; init; } = [];

    /// <summary>Events that are of no concern.</summary>
    public IReadOnlyList<string> Ignore { get; init; } = [];

    /// <summary>A pointer to what says that the document is gone, whatever the event is called: true, or a time.</summary>
    public string? Deleted { get; init; }

    /// <summary>The document's id.</summary>
    public string Id { get; init; } = "";

    /// <summary>Its text; null only where no event puts a document.</summary>
    public string? Text { get; init; }

    /// <summary>Its metadata: <c>name=VALUE</c> each, or a pointer to an object of which all members are taken.</summary>
    public IReadOnlyList<string> Metadata { get; init; } = [];

    /// <summary>A whole number that grows with each state of the document.</summary>
    public string? Version { get; init; }

    /// <summary>When the document was modified, in place of a number or beside it.</summary>
    public string? ModifiedAt { get; init; }

    /// <summary>When it stops to be valid.</summary>
    public string? ExpiresAt { get; init; }

    /// <summary>Its tier.</summary>
    public string? Tier { get; init; }
}
