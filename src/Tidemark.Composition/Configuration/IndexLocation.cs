using Tidemark.Chroma;
using Tidemark.Records;

namespace Tidemark.Composition.Configuration;

/// <summary>Where vectors are indexed, as a setting says it.</summary>
internal static class IndexLocation
{
    /// <returns>In canonical form; null: nobody said it, or a mistake was added.</returns>
    public static string? Parse(string? text, ICollection<ConfigurationMistake> mistakes)
    {
        if (text is null || string.Equals(text, PipelineIdentity.InStore, StringComparison.OrdinalIgnoreCase))
        {
            return text is null ? null : PipelineIdentity.InStore;
        }

        try
        {
            return Canonical(text);
        }
        catch (TidemarkException e)
        {
            mistakes.Add(new(e.Message, e.Remedy));
            return null;
        }
    }

    // A method of its own: without an external index its assembly is not loaded.
    private static string Canonical(string text) => ChromaLocation.Parse(text).ToString();
}
