using Tidemark.Cli.Hosting;

namespace Tidemark.Cli.Output;

/// <summary>
/// Says what ended a call: as JSON on standard output where JSON was asked for, else on standard error.
/// </summary>
/// <param name="arguments">As they came: the failure may be that they could not be parsed.</param>
internal sealed class ErrorReporter(Terminal terminal, IReadOnlyList<string> arguments)
{
    public int Report(Exception failure, bool cancelled)
    {
        if (failure is OperationCanceledException && cancelled)
        {
            failure = new TidemarkException(
                "cancelled", "The call was cancelled.", "Run it again; what was committed stays.", failure);
            Say((TidemarkException)failure, failure);
            return ExitCodes.Cancelled;
        }

        var known = failure as TidemarkException ?? new TidemarkException(
            ErrorCodes.Internal,
            $"{failure.GetType().Name}: {failure.Message}",
            "This is a defect: run it again with --verbose and report what it prints.",
            failure);
        Say(known, failure);
        return ExitCodes.Of(known);
    }

    private void Say(TidemarkException known, Exception failure)
    {
        try
        {
            if (Has("--json"))
            {
                JsonOutput.Write(terminal, json => ErrorJson.Write(json, known));
            }
            else
            {
                terminal.Flush();
                terminal.Error.WriteLine($"error: {Printable.Escape(known.Message)} [{known.Code}]");
                terminal.Error.WriteLine($"  {Printable.Escape(known.Remedy)}");
            }

            if (Has("--verbose"))
            {
                terminal.Error.WriteLine(failure.ToString());
            }
        }
        catch (IOException)
        {
            // Nobody is left to tell; the exit code says it.
        }
    }

    private bool Has(string flag) => arguments.TakeWhile(a => a != "--").Contains(flag, StringComparer.Ordinal);
}
