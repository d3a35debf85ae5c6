using Tidemark.Indexing;
using Tidemark.Records;

namespace Tidemark;

/// <summary>What a part of an index is opened with.</summary>
public sealed record OpeningContext
{
    internal OpeningContext(IServiceProvider services, TimeProvider clock) => (Services, Clock) = (services, clock);

    /// <summary>Of the container; an index without one gives nothing.</summary>
    public IServiceProvider Services { get; }

    /// <summary>The index's clock.</summary>
    public TimeProvider Clock { get; }

    /// <summary>
    /// Of a part that follows its namespace: what the namespace was built with; null where nothing was yet, and for all other parts.
    /// </summary>
    public PipelineIdentity? Built { get; internal init; }

    /// <summary>
    /// A part is asked for exactly as <see cref="Built"/> says, for a generation that follows: what the index is set to does not count.
    /// </summary>
    public bool IsExact { get; internal init; }

    internal ITidemarkStore? Store { get; init; }

    /// <summary>
    /// The embedding space that a first run was to use which failed before it made a chunk: it binds nobody, and is meant where nobody
    /// says anything else. Null where <see cref="Built"/> is not, or nobody tried.
    /// </summary>
    public string? Begun { get; internal init; }

    /// <summary>The embedding space of vectors that are brought along to a namespace that has none yet; null: none are.</summary>
    public string? Brought { get; internal init; }

    /// <summary>
    /// Something will be embedded for a namespace that is new or built anew, so that an endpoint may be asked what nobody knows of its
    /// model. Not for plans and questions.
    /// </summary>
    public bool MayAsk { get; internal init; }

    /// <summary>Of a part that follows its namespace: the embedding spaces of all namespaces of the store.</summary>
    public async ValueTask<IReadOnlyList<string>> SpacesAsync(CancellationToken cancellationToken) => Store is null ? [] :
    [
        .. (await Store.Reader.NamespacesAsync(cancellationToken).ConfigureAwait(false))
            .Where(other => other.Generation is not null)
            .Select(other => other.Generation!.Pipeline.Space),
    ];
}
