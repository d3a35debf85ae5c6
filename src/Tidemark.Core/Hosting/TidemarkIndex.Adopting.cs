using Tidemark.Adopting;
using Tidemark.Indexing;

namespace Tidemark;

/// <content>Vectors that another system has paid for.</content>
public sealed partial class TidemarkIndex
{
    /// <summary>
    /// Takes another system's vectors into the embedding store, each under the hash of the text that it is of: whatever of those texts a sync needs
    /// afterwards costs no call. The index itself does not change. The same call again takes what is not there yet.
    /// </summary>
    /// <param name="origin">Where they are; it is not disposed.</param>
    /// <param name="options">Whether the model is asked first, and what that may cost.</param>
    /// <param name="cancellationToken">Ends it between two batches; what is stored stays, and the report says so.</param>
    /// <exception cref="TidemarkException">
    /// <c>embedding.space</c>: the model that they are said to be of gives others, and nothing was taken; <c>source.missing</c>,
    /// <c>source.unreadable</c>; <c>budget.reached</c>.
    /// </exception>
    public async Task<AdoptionReport> AdoptAsync(
        IEmbeddingOrigin origin, AdoptionOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(origin);
        options ??= new AdoptionOptions();
        var survey = await origin.SurveyAsync(cancellationToken).ConfigureAwait(false); // before a store is made for it
        await _pipelines.PrepareAsync(cancellationToken).ConfigureAwait(false);
        var store = await _opener.OpenAsync(cancellationToken).ConfigureAwait(false);
        var pipeline = await _pipelines.OpenAsync(
            store, NameOf(options.Namespace), _ => !options.DryRun, brought: null, anew: false, cancellationToken).ConfigureAwait(false);
        return await new AdoptionEngine(store.EmbeddingPorts(_opener.Clock), pipeline.Model)
            .AdoptAsync(origin, survey, options, cancellationToken).ConfigureAwait(false);
    }
}
