using System.CommandLine;
using System.Text.Json;
using Tidemark.Cli.Hosting;
using Tidemark.Cli.Options;

namespace Tidemark.Cli.Output;

/// <summary>One call's output in the form that was asked for: JSON, plain lines, or rich on a terminal.</summary>
internal sealed class CommandOutput(Terminal terminal, ParseResult parsed, SharedOptions shared)
{
    private readonly Advice _advice = new(new RawArguments([.. parsed.Tokens.Select(token => token.Value)]));

    public Terminal Terminal { get; } = terminal;

    public bool IsJson { get; } = shared.Json.IsOn(parsed);

    public bool IsQuiet { get; } = shared.Quiet.IsOn(parsed);

    public bool IsVerbose { get; } = shared.Verbose.IsOn(parsed);

    /// <summary>Whether failures are listed to the last one: for a person, the first few tell what to mend.</summary>
    public bool ListsAll => IsVerbose || Log == LogForm.Json;

    /// <summary>The log that was asked for; null: none was.</summary>
    public LogForm? Log { get; } = shared.Log.Of(parsed);

    /// <summary>A result in both forms; only the one that is needed is made.</summary>
    /// <remarks>A reader that goes away early changes nothing of what the call has to say by its exit code.</remarks>
    public void Write(Action<Utf8JsonWriter> json, Func<IEnumerable<Block>> human)
    {
        try
        {
            if (IsJson)
            {
                JsonOutput.Write(Terminal, json);
            }
            else if (!IsQuiet)
            {
                Show(human());
                Terminal.Flush();
            }
        }
        catch (BrokenPipeException)
        {
            Terminal.Forget();
        }
    }

    public void Show(IEnumerable<Block> whole)
    {
        var width = Width;
        var blocks = whole.SelectMany(block => ColumnFit.Of(_advice.Complete(block), width)).SelectMany(block => WordWrap.Of(block, width));
        if (IsRich)
        {
            RichRenderer.Render(Terminal.Output, blocks, TerminalWidth.Of(Terminal));
        }
        else
        {
            PlainRenderer.Render(Terminal.Output, blocks);
        }
    }

    /// <summary>Says one thing on standard error, whatever the report is printed as.</summary>
    public void Note(string text) => PlainRenderer.Render(Terminal.Error, [new Block.Line($"  {_advice.Complete(text)}")]);

    /// <summary>A report on standard error, where standard output belongs to something else; a log of JSON has its figures in its last line.</summary>
    public void Tell(IEnumerable<Block> blocks)
    {
        if (!IsQuiet && Log != LogForm.Json)
        {
            Complain(blocks);
        }
    }

    /// <summary>
    /// What must be seen even with <c>--quiet</c>, on standard error; with <c>--json</c> it is in the document.
    /// </summary>
    public void Complain(IEnumerable<Block> blocks)
    {
        if (Log == LogForm.Json)
        {
            LogEach(blocks.Select(_advice.Complete));
        }
        else if (!IsJson)
        {
            Terminal.Flush();
            var width = TerminalWidth.Wanted(Terminal, Terminal.IsErrorTerminal);
            PlainRenderer.Render(Terminal.Error, blocks.SelectMany(block => WordWrap.Of(_advice.Complete(block), width)));
        }
    }

    private void LogEach(IEnumerable<Block> blocks)
    {
        var log = new RunLog(Terminal.Error, TimeProvider.System, LogForm.Json);
        var told = new List<(string What, string? Remedy)>();
        foreach (var line in blocks.OfType<Block.Line>())
        {
            var text = string.Concat(line.Spans.Select(span => span.Text)).Trim();
            if (line.IsRemedy)
            {
                told[^1] = (told[^1].What, text);
            }
            else
            {
                told.Add((text, null));
            }
        }

        foreach (var (what, remedy) in told)
        {
            var isWarning = what.StartsWith("warning: ", StringComparison.Ordinal);
            log.Write(
                isWarning ? LogLevel.Warning : LogLevel.Error, isWarning ? "warning" : "failure", what, json => json.WriteString("remedy", remedy));
        }
    }

    /// <summary>What a person sees of the output at once.</summary>
    public Screen Screen => IsRich
        ? Screen.OfTerminal(TerminalWidth.Of(Terminal))
        : Screen.Endless with { Columns = Math.Max(Screen.Narrowest, Width ?? Screen.Endless.Columns) };

    /// <summary>Whether standard error can show a line that moves.</summary>
    public bool IsErrorLive => !shared.Plain.IsOn(parsed) && Terminal.IsErrorTerminal && Terminal.HasColours;

    /// <summary>Null: nobody looks at it, and nothing is left out.</summary>
    private int? Width => TerminalWidth.Wanted(Terminal, Terminal.IsOutputTerminal);

    private bool IsRich => !shared.Plain.IsOn(parsed) && Terminal.IsOutputTerminal && Terminal.HasColours;
}
