namespace Tidemark.Syncing;

/// <summary>How changed inputs are written, on the wire and for people.</summary>
public static class ChangedInputNames
{
    private static readonly (ChangedInputs Input, string Name)[] All =
    [
        (ChangedInputs.Text, "text"),
        (ChangedInputs.Extractor, "extractor"),
        (ChangedInputs.Chunker, "chunker"),
        (ChangedInputs.Template, "template"),
        (ChangedInputs.Model, "model"),
        (ChangedInputs.Normalization, "normalization"),
        (ChangedInputs.Index, "index"),
        (ChangedInputs.Metadata, "metadata"),
        (ChangedInputs.SourceId, "sourceId"),
        (ChangedInputs.ExpiresAt, "expiresAt"),
        (ChangedInputs.Tier, "tier"),
        (ChangedInputs.Stemming, "stemming"),
    ];

    /// <summary>The names of all of them, in one order.</summary>
    public static IEnumerable<string> Of(ChangedInputs inputs) =>
        All.Where(known => inputs.HasFlag(known.Input)).Select(known => known.Name);

    /// <summary>The input of that name.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static ChangedInputs Parse(string name) =>
        Array.Find(All, known => known.Name == name) is { Name: not null } found ? found.Input : throw new FormatException($"'{name}' is no input");
}
