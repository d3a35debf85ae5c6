namespace Tidemark.Composition.Configuration;

/// <summary>Everything that is wrong with the configuration, reported at once.</summary>
internal sealed class ConfigurationException(IReadOnlyList<ConfigurationMistake> mistakes)
    : TidemarkException(ErrorCodes.ConfigurationInvalid, MessageOf(mistakes), RemedyOf(mistakes))
{
    public IReadOnlyList<ConfigurationMistake> Mistakes { get; } = mistakes;

    private static string MessageOf(IReadOnlyList<ConfigurationMistake> mistakes) =>
        mistakes.Count == 1
            ? mistakes[0].Message
            : $"{mistakes.Count} mistakes in the configuration: "
              + string.Join("; ", mistakes.Select((m, i) => $"({i + 1}) {m.Message}"));

    private static string RemedyOf(IReadOnlyList<ConfigurationMistake> mistakes) =>
        mistakes.Count == 1
            ? mistakes[0].Remedy
            : string.Join("; ", mistakes.Select((m, i) => $"({i + 1}) {m.Remedy}"));
}
