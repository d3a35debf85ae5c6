using Tidemark.Documents;

namespace Tidemark.Embedding;

/// <summary>
/// Inputs that a model refuses, by the document that needs them: they are not sent again until the document's content
/// changes or somebody asks for it. Safe for concurrent use.
/// </summary>
public interface IQuarantine
{
    /// <summary>Those of the inputs that are quarantined in the space, whatever document brought them there; one entry an input.</summary>
    ValueTask<IReadOnlyList<QuarantinedInput>> FindAsync(
        EmbeddingSpace space, IReadOnlyCollection<ContentHash> inputs, CancellationToken cancellationToken);

    /// <summary>All of a namespace, by document, then input.</summary>
    ValueTask<IReadOnlyList<QuarantinedInput>> ListAsync(string @namespace, CancellationToken cancellationToken);

    /// <summary>From now on the documents named have exactly these entries; one that stays keeps its time.</summary>
    ValueTask PutAsync(IReadOnlyList<QuarantinedInput> inputs, CancellationToken cancellationToken);

    /// <summary>Forgets everything that these documents brought there.</summary>
    ValueTask ReleaseAsync(
        string @namespace, IReadOnlyCollection<string> documents, CancellationToken cancellationToken);
}
