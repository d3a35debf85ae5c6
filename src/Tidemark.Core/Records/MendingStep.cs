namespace Tidemark.Records;

/// <summary>What a store puts right of its records, in this order: a step relies on what those before it have put right.</summary>
public enum MendingStep
{
    /// <summary>Tables, columns and indexes that are gone.</summary>
    Schema,

    /// <summary>Values that no store writes.</summary>
    Values,

    /// <summary>Namespaces, sources and generations, from their second copies.</summary>
    Catalog,

    /// <summary>Where external indexes are, and who owns them, from the copies of that.</summary>
    ExternalIndexes,

    /// <summary>Queued changes. From here on only where the namespace is known.</summary>
    Queue,

    /// <summary>Rows with a number that no row ever had.</summary>
    Numbers,

    /// <summary>Ids of documents, where the store keeps them in its indexes too.</summary>
    Ids,

    /// <summary>Texts of chunks.</summary>
    Texts,

    /// <summary>Which generation answers.</summary>
    Generation,

    /// <summary>Rows that stand in another namespace or generation.</summary>
    Places,

    /// <summary>Who owns the external index, where nobody does.</summary>
    IndexOwner,

    /// <summary>Whether documents are live, and whose they are.</summary>
    Owners,

    /// <summary>Whether the chunks of a document are its whole text.</summary>
    Partitions,

    /// <summary>What filters ask of metadata, where the store keeps that beside them.</summary>
    Facets,

    /// <summary>What waits for the external index.</summary>
    Outbox,

    /// <summary>Counts.</summary>
    Counts,

    /// <summary>Former states, and what only they need.</summary>
    FormerStates,

    /// <summary>Commits, runs and what else is known of the past.</summary>
    Past,
}
