using Tidemark.Records;

namespace Tidemark.Migrating;

/// <summary>The catalog of a <see cref="BriefSession"/>: what it changes, it changes in a moment of its own.</summary>
internal sealed class BriefCatalog(BriefSession session, INamespaceCatalog looking) : INamespaceCatalog
{
    /// <summary>As it was when the work began.</summary>
    public NamespaceRecord Namespace => looking.Namespace;

    public ValueTask<SourceRecord> RegisterSourceAsync(string name, CancellationToken cancellationToken) =>
        looking.RegisterSourceAsync(name, cancellationToken);

    public ValueTask<string?> FindPlaceAsync(SourceKey source, CancellationToken cancellationToken) =>
        looking.FindPlaceAsync(source, cancellationToken);

    public ValueTask NotePlaceAsync(SourceKey source, string place, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask<SourceIdKey> FindSourceIdAsync(string sourceId, CancellationToken cancellationToken) =>
        looking.FindSourceIdAsync(sourceId, cancellationToken);

    public ValueTask<GenerationRecord> CreateGenerationAsync(
        PipelineIdentity pipeline, bool follows, CancellationToken cancellationToken) => session.WithAsync(
        held => held.Catalog.CreateGenerationAsync(pipeline, follows, cancellationToken), cancellationToken);

    public ValueTask PromoteAsync(GenerationRecord generation, bool keepsFormer, CancellationToken cancellationToken) => session.WithAsync(
        held => held.Catalog.PromoteAsync(generation, keepsFormer, cancellationToken), cancellationToken);

    public ValueTask RetireAsync(GenerationRecord generation, CancellationToken cancellationToken) => session.WithAsync(
        held => held.Catalog.RetireAsync(generation, cancellationToken), cancellationToken);

    /// <summary>Another run that begins meanwhile takes this one for abandoned; when it ends it says itself how.</summary>
    public ValueTask<RunRecord> BeginRunAsync(RunRecord run, CancellationToken cancellationToken) => session.WithAsync(
        held => held.Catalog.BeginRunAsync(run, cancellationToken), cancellationToken);

    public ValueTask CompleteRunAsync(RunRecord run, CancellationToken cancellationToken) => session.WithAsync(
        held => held.Catalog.CompleteRunAsync(run, cancellationToken), cancellationToken);
}
