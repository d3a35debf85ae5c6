namespace Tidemark.Composition.Configuration;

/// <summary>How long what nobody needs any more is kept.</summary>
internal sealed record RetentionSettings(TimeSpan History = default, TimeSpan Embeddings = default);
