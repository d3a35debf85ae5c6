namespace Tidemark.Records;

/// <summary>What the name of a safeguard is the name of.</summary>
public enum SafeguardScope
{
    /// <summary>One document.</summary>
    Document,

    /// <summary>All documents of a source id.</summary>
    SourceId,
}
