using System.CommandLine;

namespace Tidemark.Cli.Options;

/// <summary>Whether and how a command logs what it does.</summary>
internal sealed class LogOption : Option<string>
{
    public LogOption()
        : base("--log")
    {
        HelpName = "FORM";
        Description = "Log with time and level on standard error: text or json, one line each; a worker logs text by itself";
        CompletionSources.Add("text", "json");
    }

    /// <returns>Null: nobody asked.</returns>
    /// <exception cref="TidemarkException"><c>usage</c>: it is neither.</exception>
    public LogForm? Of(ParseResult parsed) => parsed.GetValue(this) switch
    {
        null => null,
        "text" => LogForm.Text,
        "json" => LogForm.Json,
        var other => throw new TidemarkException(ErrorCodes.Usage, $"'{other}' is no form of a log", "write --log text or --log json"),
    };
}
