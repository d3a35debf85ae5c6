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
    /// Creates a generation: active if the namespace has none, else beside it. One that is there with the same
    /// pipeline is taken up again; a half-built one with another pipeline goes.
    /// </summary>
    /// <param name="pipeline">What it is built with.</param>
    /// <param name="follows">Whether it is to follow (<see cref="GenerationState.Candidate"/>) where another one answers.</param>
    /// <param name="cancellationToken">Ends it before anything is made.</param>
    /// <exception cref="TidemarkException"><c>migration.running</c>: one of another pipeline follows.</exception>
    ValueTask<GenerationRecord> CreateGenerationAsync(PipelineIdentity pipeline, bool follows, CancellationToken cancellationToken);

    /// <summary>Makes the generation beside answer the queries, in one transaction.</summary>
    /// <param name="generation">Has every live document as it is.</param>
    /// <param name="keepsFormer">Whether the one that answered follows from now on; else it is retired in the same transaction.</param>
    /// <param name="cancellationToken">Ends it before it begins.</param>
    /// <exception cref="TidemarkException"><c>migration.behind</c>, <c>index.lagging</c>: it lacks something; the former goes on answering.</exception>
    ValueTask PromoteAsync(GenerationRecord generation, bool keepsFormer, CancellationToken cancellationToken);

    /// <summary>Takes the generation beside away: one that has answered before leaves its closed chunks to history.</summary>
    ValueTask RetireAsync(GenerationRecord generation, CancellationToken cancellationToken);

    /// <summary>
    /// Opens a run and gives it its number; runs that a killed process left open are closed as failed. One that has a number is gone on with,
    /// if it has ended and no run of another command has begun since; else it is a new one.
    /// </summary>
    ValueTask<RunRecord> BeginRunAsync(RunRecord run, CancellationToken cancellationToken);

    /// <summary>Closes a run.</summary>
    ValueTask CompleteRunAsync(RunRecord run, CancellationToken cancellationToken);
}
