using Tidemark.Embedding;

namespace Tidemark.Cli.Configuration;

/// <summary>What the settings say of an embedding space beside its model; null: nothing.</summary>
internal sealed record TraitSettings
{
    public string? DocumentPrefix { get; init; }

    public string? QueryPrefix { get; init; }

    public bool? Normalize { get; init; }

    public int? MaxInputTokens { get; init; }

    public string? Revision { get; init; }

    /// <summary>Of a model that somebody named: what its name says of itself counts, and the settings for the rest.</summary>
    public EmbedderSpec Under(EmbedderSpec named) => named.IsHashing ? named : named with
    {
        Traits = new SpaceTraits
        {
            DocumentPrefix = named.Traits.DocumentPrefix.Length > 0 ? named.Traits.DocumentPrefix : DocumentPrefix ?? "",
            QueryPrefix = named.Traits.QueryPrefix.Length > 0 ? named.Traits.QueryPrefix : QueryPrefix ?? "",
            Normalize = named.Traits.Normalize || (Normalize ?? false),
            MaxInputTokens = named.Traits.MaxInputTokens ?? MaxInputTokens,
            Revision = named.Traits.Revision.Length > 0 ? named.Traits.Revision : Revision ?? "",
        },
    };

    /// <summary>Of the model that an index remembers: what the settings say counts, and what it was built with for the rest.</summary>
    public EmbedderSpec Over(EmbedderSpec remembered) => remembered.IsHashing ? remembered : remembered with
    {
        Traits = new SpaceTraits
        {
            DocumentPrefix = DocumentPrefix ?? remembered.Traits.DocumentPrefix,
            QueryPrefix = QueryPrefix ?? remembered.Traits.QueryPrefix,
            Normalize = Normalize ?? remembered.Traits.Normalize,
            MaxInputTokens = MaxInputTokens ?? remembered.Traits.MaxInputTokens,
            Revision = Revision ?? remembered.Traits.Revision,
        },
    };
}
