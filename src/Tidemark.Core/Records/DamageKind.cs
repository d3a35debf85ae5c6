namespace Tidemark.Records;

/// <summary>Where what is damaged can come back from.</summary>
public enum DamageKind
{
    /// <summary>From the source of the document.</summary>
    Document,

    /// <summary>From the store itself, which holds it a second time or can derive it.</summary>
    Derivable,

    /// <summary>Rows that no live document owns: nothing of them is needed once their documents are there again.</summary>
    Remnant,

    /// <summary>A former state of a document: from an equal chunk, or from nowhere. Nothing that is live needs it.</summary>
    Past,

    /// <summary>From a backup only, and what is live does not need it: what keeps an older version of a document that is gone away.</summary>
    Memory,

    /// <summary>From a backup only.</summary>
    Lost,
}
