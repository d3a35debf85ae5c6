using Tidemark.Embedding;

namespace Tidemark.Composition.Configuration;

/// <summary>What the settings say of an embedding space beside its model; null: nothing.</summary>
internal sealed record TraitSettings
{
    /// <summary>Only where no setting names a model: of whatever the index was built with.</summary>
    public int? Dimensions { get; init; }

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
    public EmbedderSpec Over(EmbedderSpec remembered) => remembered.IsHashing ? Sized(remembered) : Sized(remembered) with
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

    private EmbedderSpec Sized(EmbedderSpec remembered) => Dimensions is not { } dimensions ? remembered
        : !remembered.IsHashing || EmbedderSpec.Parse(EmbedderSpec.Hashing, dimensions) is not null ? remembered with { Dimensions = dimensions }
        : throw new TidemarkException(
            ErrorCodes.ConfigurationInvalid,
            $"the embedder '{remembered.Model}' cannot have {dimensions} dimensions",
            "give it 16 to 4096 dimensions, or name the model that has as many");
}
