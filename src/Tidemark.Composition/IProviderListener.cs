using Tidemark.Embedding;

namespace Tidemark.Composition;

/// <summary>Hears of the services behind an index while it works: of waits, and of who does not answer.</summary>
internal interface IProviderListener
{
    /// <summary>A model that tells of itself.</summary>
    EmbeddingModel Watch(EmbeddingModel model);

    /// <param name="failure">Why the provider is asked again.</param>
    /// <param name="pause">Until then.</param>
    void OnWait(TidemarkException failure, TimeSpan pause);

    /// <summary>An external index's server lets wait.</summary>
    void OnSilence(string text);
}
