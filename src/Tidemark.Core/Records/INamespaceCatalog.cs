namespace Tidemark.Records;

/// <summary>What a namespace is made of beside its documents. On a plan's session nothing is written.</summary>
public interface INamespaceCatalog
{
    /// <summary>The namespace as it is now.</summary>
    NamespaceRecord Namespace { get; }

    /// <summary>Finds or creates a source, and counts its live documents.</summary>
    ValueTask<SourceRecord> RegisterSourceAsync(string name, CancellationToken cancellationToken);

    /// <summary>Where the source lay when it was noted last, as an absolute path; null: nowhere that was noted.</summary>
    ValueTask<string?> FindPlaceAsync(SourceKey source, CancellationToken cancellationToken);

    /// <summary>Notes where the source lies.</summary>
    /// <param name="source">That was registered.</param>
    /// <param name="place">An absolute path.</param>
    /// <param name="cancellationToken">Ends it before it is noted.</param>
    ValueTask NotePlaceAsync(SourceKey source, string place, CancellationToken cancellationToken);

    /// <summary>Finds a source id, without creating it; none where no document but one of the same id has it.</summary>
    ValueTask<SourceIdKey> FindSourceIdAsync(string sourceId, CancellationToken cancellationToken);

    /// <summary>
    /// Creates a generation: active if the namespace has none, else building. One that was left half-built with the same
    /// pipeline is taken up again.
    /// </summary>
    ValueTask<GenerationRecord> CreateGenerationAsync(PipelineIdentity pipeline, CancellationToken cancellationToken);

    /// <summary>Makes a built generation answer the queries, in one transaction, and retires the former one.</summary>
    ValueTask PromoteAsync(GenerationRecord generation, CancellationToken cancellationToken);

    /// <summary>Opens a run and gives it its number; runs that a killed process left open are closed as failed.</summary>
    ValueTask<RunRecord> BeginRunAsync(RunRecord run, CancellationToken cancellationToken);

    /// <summary>Closes a run.</summary>
    ValueTask CompleteRunAsync(RunRecord run, CancellationToken cancellationToken);
}
