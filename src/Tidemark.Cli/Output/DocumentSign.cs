namespace Tidemark.Cli.Output;

/// <summary>How a change of a document looks at the beginning of a line.</summary>
internal static class DocumentSign
{
    public static (string Sign, Tone Tone) Of(string change) => change switch
    {
        "added" => ("+", Tone.Good),
        "deleted" => ("-", Tone.Bad),
        "moved" => ("→", Tone.Normal),
        _ => ("~", Tone.Warning),
    };
}
