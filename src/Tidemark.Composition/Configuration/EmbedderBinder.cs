using Tidemark.Embedding;

namespace Tidemark.Composition.Configuration;

/// <summary>Which embedder the layers ask for together.</summary>
internal sealed class EmbedderBinder(IReadOnlyList<SettingLayer> layers, SettingValues values, List<ConfigurationMistake> mistakes)
{
    private int? _bare;

    /// <summary>A layer that names a model starts anew; one that only names dimensions changes those.</summary>
    /// <returns>Null: nobody asked.</returns>
    public EmbedderSpec? Bind()
    {
        EmbedderSpec? spec = null;
        int? bare = null;
        foreach (var layer in layers)
        {
            var dimensions = (int?)layer.Values.Integer(SettingPaths.EmbeddingDimensions);
            if (layer.Values.Text(SettingPaths.EmbeddingModel) is { } model)
            {
                var parsed = EmbedderSpec.Parse(model, dimensions ?? bare ?? FormerOf(spec, model));
                Check(layer, model, parsed, dimensions);
                spec = parsed ?? spec;
                bare = null;
            }
            else if (dimensions is { } only)
            {
                bare = spec is null ? only : null;
                spec = spec is null ? null : spec with { Dimensions = only };
            }
        }

        CheckRange(spec);
        _bare = bare;
        spec ??= bare is { } alone ? EmbedderSpec.Default with { Dimensions = alone } : null;
        return spec is null ? null : BindTraits().Under(spec);
    }

    /// <summary>What the settings say of the space, whoever named the model.</summary>
    public TraitSettings BindTraits() => new()
    {
        Dimensions = _bare,
        DocumentPrefix = values.Text(SettingPaths.DocumentPrefix),
        QueryPrefix = values.Text(SettingPaths.QueryPrefix),
        Normalize = values.Flag(SettingPaths.NormalizeVectors),
        MaxInputTokens = (int?)values.Integer(SettingPaths.MaxInputTokens),
        Revision = values.Text(SettingPaths.Revision),
    };

    /// <summary>A model that stays the offline one keeps the dimensions that an earlier layer gave it.</summary>
    private static int? FormerOf(EmbedderSpec? former, string model) =>
        former is not null && EmbedderSpec.Parse(model) is { } parsed
        && string.Equals(parsed.Model, former.Model, StringComparison.Ordinal) ? former.Dimensions : null;

    private void CheckRange(EmbedderSpec? spec)
    {
        if (spec is { IsHashing: true, Dimensions: < HashingModel.MinDimensions or > HashingModel.MaxDimensions })
        {
            mistakes.Add(new($"the embedder 'hashing' cannot have {spec.Dimensions} dimensions",
                $"give it {HashingModel.MinDimensions} to {HashingModel.MaxDimensions} dimensions"));
        }
    }

    private void Check(SettingLayer layer, string model, EmbedderSpec? parsed, int? dimensions)
    {
        if (parsed is null)
        {
            mistakes.Add(new($"the embedder '{model}' in {layer.Describe()} is not one of this release",
                "write 'hashing:DIM' with 16 to 4096 dimensions, for instance 'hashing:384', or 'openai:MODEL' or "
                + "'openai:MODEL:DIM', for instance 'openai:text-embedding-3-small'"));
        }
        else if (dimensions is { } other && other != parsed.Dimensions)
        {
            mistakes.Add(new(
                $"the embedder '{model}' and the dimensions {other} in {layer.Describe()} contradict each other",
                "name the dimensions once"));
        }
    }
}
