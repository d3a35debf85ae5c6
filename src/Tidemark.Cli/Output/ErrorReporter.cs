using System.Globalization;
using Tidemark.Cli.Hosting;
using Tidemark.Cli.Options;
using Tidemark.Composition;
using Tidemark.Composition.Configuration;
using Tidemark.Wire;

namespace Tidemark.Cli.Output;

/// <summary>
/// Says what ended a call: as JSON on standard output where JSON was asked for, else on standard error.
/// </summary>
/// <param name="arguments">The failure may be that they could not be parsed.</param>
internal sealed class ErrorReporter(Terminal terminal, RawArguments arguments)
{
    private bool LogsJson => arguments.ValueOf("--log") == "json";

    public int Report(Exception failure, bool cancelled)
    {
        var known = failure switch
        {
            OperationCanceledException when cancelled => new TidemarkException(
                ErrorCodes.Cancelled, "the call was cancelled", "run it again; what was committed stays", failure),
            TidemarkException said => said,
            _ => new TidemarkException(
                ErrorCodes.Internal,
                $"{failure.GetType().Name}: {failure.Message}",
                "this is a defect: run it again with --verbose and report what it prints",
                failure),
        };
        try
        {
            Say(known, failure);
        }
        catch (Exception e) when (e is IOException or OutputFailedException)
        {
            // Nobody is left to tell; the exit code says it.
        }

        return ExitCodes.Of(known);
    }

    private void Say(TidemarkException known, Exception failure)
    {
        var advice = new Advice(arguments);
        var remedy = advice.Complete(known.Remedy);
        if (arguments.Has("--json") && known is not OutputFailedException)
        {
            JsonOutput.Write(terminal, json => ErrorJson.Write(json, known, remedy, more => FailureDetails.Write(more, known)));
        }
        else
        {
            Say(known, advice, remedy);
        }

        // Where something happened that is foreseen is of no use to anybody.
        if (arguments.Has("--verbose") && known.Code == ErrorCodes.Internal && !LogsJson)
        {
            foreach (var line in failure.ToString().Split('\n'))
            {
                terminal.Error.WriteLine(Printable.Escape(line.TrimEnd('\r')));
            }
        }
    }

    private void Say(TidemarkException known, Advice advice, string remedy)
    {
        if (LogsJson)
        {
            new RunLog(terminal.Error, TimeProvider.System, LogForm.Json).Write(LogLevel.Error, "error", CommandLineWords.Of(known.Message), json =>
            {
                json.WriteString("code", known.Code);
                json.WriteString("remedy", remedy);
                if (known is { Code: ErrorCodes.Internal, InnerException: { } failure } && arguments.Has("--verbose"))
                {
                    json.WriteString("trace", failure.ToString());
                }
            });
            return;
        }

        if (known is not ConfigurationException { Mistakes: { Count: > 1 } mistakes })
        {
            Print($"error: {CommandLineWords.Of(known.Message)} [{known.Code}]", $"  {remedy}");
            return;
        }

        Print(
        [
            string.Create(CultureInfo.InvariantCulture, $"error: {mistakes.Count} mistakes in the configuration [{known.Code}]"),
            .. mistakes.SelectMany(mistake => new[] { $"- {CommandLineWords.Of(mistake.Message)}", $"  {advice.Complete(mistake.Remedy)}" }),
        ]);
    }

    private void Print(params IEnumerable<string> lines)
    {
        var width = TerminalWidth.Wanted(terminal, terminal.IsErrorTerminal);
        PlainRenderer.Render(terminal.Error, lines.SelectMany(line => WordWrap.Of(new Block.Line(line), width)));
    }
}
