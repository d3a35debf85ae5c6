using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Tidemark.Service;

/// <summary>
/// An event as one object on a line of its own: <c>time</c>, <c>level</c>, <c>event</c> and <c>message</c> as in the logs of the command line, then
/// what it is about by name (<c>route</c>, <c>status</c>).
/// </summary>
internal sealed class JsonLineFormatter(TimeProvider clock) : ConsoleFormatter(FormName)
{
    public const string FormName = "lines";

    private static readonly string[] OwnNames = ["time", "level", "event", "message", "exception"];

    private static readonly JsonWriterOptions OneLine = new() { Encoder = JavaScriptEncoder.Default };

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, OneLine))
        {
            json.WriteStartObject();
            json.WriteString("time", clock.GetUtcNow().UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture));
            json.WriteString("level", NameOf(logEntry.LogLevel));
            json.WriteString("event", logEntry.EventId.Name is { Length: > 0 } name ? name : logEntry.Category[(logEntry.Category.LastIndexOf('.') + 1)..]);
            json.WriteString("message", logEntry.Formatter(logEntry.State, logEntry.Exception));
            foreach (var (key, value) in logEntry.State as IReadOnlyList<KeyValuePair<string, object?>> ?? [])
            {
                WriteFact(json, JsonNamingPolicy.CamelCase.ConvertName(key), value);
            }

            if (logEntry.Exception is { } failure)
            {
                json.WriteString("exception", failure.ToString());
            }

            json.WriteEndObject();
        }

        textWriter.WriteLine(Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
    }

    private static void WriteFact(Utf8JsonWriter json, string name, object? value)
    {
        if (name[0] == '{' || OwnNames.Contains(name, StringComparer.Ordinal))
        {
            return;
        }

        switch (value)
        {
            case int or long:
                json.WriteNumber(name, Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            case double number when double.IsFinite(number):
                json.WriteNumber(name, number);
                break;
            default:
                json.WriteString(name, Convert.ToString(value, CultureInfo.InvariantCulture));
                break;
        }
    }

    private static string NameOf(LogLevel level) => level switch
    {
        LogLevel.Critical or LogLevel.Error => "error",
        LogLevel.Warning => "warning",
        LogLevel.Information => "info",
        _ => "debug",
    };
}
