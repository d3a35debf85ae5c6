using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Tidemark.Cli.Options;
using Tidemark.Composition;
using Tidemark.Wire;

namespace Tidemark.Cli.Output;

/// <summary>What a worker or a long run does, line by line on standard error, each with its time and how much it matters.</summary>
internal sealed class RunLog(TextWriter output, TimeProvider clock, LogForm form)
{
    private readonly Lock _gate = new();

    private static readonly JsonWriterOptions OneLine = new() { Encoder = JavaScriptEncoder.Default };

    /// <param name="name">The event's, for filters: <c>batch</c>.</param>
    /// <param name="text">What happened, for people.</param>
    /// <param name="facts">More of it, for programs; written in JSON only.</param>
    public void Write(LogLevel level, string name, string text, Action<Utf8JsonWriter>? facts = null)
    {
        var time = clock.GetUtcNow().UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
        var line = form == LogForm.Json
            ? Json(time, level, name, text, facts)
            : $"{time} {NameOf(level),-7} {name}: {Printable.Escape(CommandLineWords.Of(text))}";
        lock (_gate)
        {
            output.WriteLine(line);
        }
    }

    /// <summary>What failed, why, and what to do.</summary>
    public void Write(LogLevel level, string name, TidemarkException failure, TimeSpan? nextTry, string after) => Write(
        level,
        name,
        $"{failure.Message} [{failure.Code}]; {after}",
        json =>
        {
            json.WriteString("code", failure.Code);
            json.WriteString("remedy", failure.Remedy);
            if (nextTry is { } pause)
            {
                json.WriteNumber("nextTrySeconds", Math.Round(pause.TotalSeconds, 3));
            }
        });

    private static string Json(string time, LogLevel level, string name, string text, Action<Utf8JsonWriter>? facts)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, OneLine))
        {
            json.WriteStartObject();
            json.WriteString("time", time);
            json.WriteString("level", NameOf(level));
            json.WriteString("event", name);
            json.WriteString("message", text);
            facts?.Invoke(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(RemedyJson.In(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), CommandLineWords.Of, encoder: OneLine.Encoder).Span);
    }

    private static string NameOf(LogLevel level) => level switch
    {
        LogLevel.Error => "error",
        LogLevel.Warning => "warning",
        _ => "info",
    };
}
