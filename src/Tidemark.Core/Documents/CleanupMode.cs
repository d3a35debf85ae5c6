namespace Tidemark.Documents;

/// <summary>What happens to documents that a run did not see.</summary>
public enum CleanupMode
{
    /// <summary>They stay.</summary>
    None,

    /// <summary>Those that share a source id with a listed one go, once, at the end of the run.</summary>
    Incremental,

    /// <summary>Those of the sources named in the run go.</summary>
    Full,
}
