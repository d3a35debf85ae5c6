using System.Text.Json;
using System.Text.Unicode;
using Tidemark.Records;

namespace Tidemark.Wire;

/// <summary>
/// One golden query as people write it down: <c>query</c>, and where they are known <c>expected</c> (ids; ids with grades, as an object or
/// as objects with <c>id</c> and <c>grade</c>), <c>must</c>, <c>filter</c> (a condition or several). What else stands there is not read, unless it
/// looks like one of these.
/// </summary>
internal static class GoldenLine
{
    private const string Conditions = "a condition or a list of conditions";

    private static readonly string[] Fields = ["query", "expected", "must", "filter"];

    /// <exception cref="ItemException"><c>source.malformed</c>: it is no JSON object, or a field is missing or of a wrong type.</exception>
    public static GoldenQuery Parse(ReadOnlyMemory<byte> line, string label)
    {
        try
        {
            if (!Utf8.IsValid(line.Span))
            {
                throw Wrong(label, "is not UTF-8", "convert the file to UTF-8");
            }

            using var parsed = JsonDocument.Parse(line);
            return parsed.RootElement.ValueKind == JsonValueKind.Object
                ? Parse(parsed.RootElement, label)
                : throw Wrong(label, "is not a JSON object", "correct the line; one JSON object a line is expected");
        }
        catch (JsonException e)
        {
            throw Wrong(label, $"is not JSON (at byte {e.BytePositionInLine + 1})", "correct the line; one JSON object a line is expected");
        }
        catch (InvalidOperationException)
        {
            throw Wrong(label, "contains half a surrogate pair, which is no text", "write the whole pair");
        }
    }

    private static GoldenQuery Parse(JsonElement record, string label)
    {
        foreach (var name in record.EnumerateObject().Select(member => member.Name).Except(Fields, StringComparer.Ordinal))
        {
            if (Fields.FirstOrDefault(field => NearestName.Distance(name, field) <= 2) is { } meant)
            {
                throw Wrong(label, $"has a field '{name}'", $"did you mean '{meant}'?");
            }
        }

        return new GoldenQuery
        {
            Query = Field(record, "query") is { ValueKind: JsonValueKind.String } query
                ? query.GetString()!
                : throw Wrong(label, "has no 'query'", "give each line the text that is asked, as a string"),
            Expected = [.. ExpectedOf(record, label).Where(answer => answer.Grade != 0)],
            Must = Field(record, "must") switch
            {
                null => false,
                { ValueKind: JsonValueKind.True or JsonValueKind.False } must => must.GetBoolean(),
                _ => throw Wrong(label, "has a field 'must' that is not true or false", "make it one of them, or leave it out"),
            },
            Filter = [.. FilterOf(record, label)],
        };
    }

    private static IEnumerable<GoldenAnswer> ExpectedOf(JsonElement record, string label) => Field(record, "expected") switch
    {
        null => [],
        { ValueKind: JsonValueKind.String } one => [new GoldenAnswer(one.GetString()!)],
        { ValueKind: JsonValueKind.Object } grades => grades.EnumerateObject().Select(one => new GoldenAnswer(one.Name, GradeOf(one.Value, label))),
        { ValueKind: JsonValueKind.Array } answers => answers.EnumerateArray().Select(one => AnswerOf(one, label)),
        _ => throw Unexpected(label),
    };

    private static GoldenAnswer AnswerOf(JsonElement answer, string label) => answer.ValueKind switch
    {
        JsonValueKind.String => new GoldenAnswer(answer.GetString()!),
        JsonValueKind.Number => new GoldenAnswer(answer.GetRawText()),
        JsonValueKind.Object when Field(answer, "id") is { ValueKind: JsonValueKind.String } id =>
            new GoldenAnswer(id.GetString()!, Field(answer, "grade") is { } grade ? GradeOf(grade, label) : 1),
        _ => throw Unexpected(label),
    };

    private static int GradeOf(JsonElement grade, string label) =>
        grade.ValueKind == JsonValueKind.Number && grade.TryGetInt32(out var number) && number is >= 0 and <= GoldenAnswer.MostGrade
            ? number
            : throw Wrong(label, "has a grade that is none", $"a grade is a whole number from 0 (not expected) to {GoldenAnswer.MostGrade}");

    private static IEnumerable<string> FilterOf(JsonElement record, string label) => Field(record, "filter") switch
    {
        null => [],
        { ValueKind: JsonValueKind.String } one => [one.GetString()!],
        { ValueKind: JsonValueKind.Array } all => all.EnumerateArray().Select(one => one.ValueKind == JsonValueKind.String
            ? one.GetString()!
            : throw Wrong(label, $"has a field 'filter' that is not {Conditions}", "write each as in a search: \"lang=en\"")),
        _ => throw Wrong(label, $"has a field 'filter' that is not {Conditions}", "write each as in a search: \"lang=en\""),
    };

    private static JsonElement? Field(JsonElement record, string name) =>
        record.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static ItemException Unexpected(string label) => Wrong(
        label,
        "has a field 'expected' that is no list of ids, with grades or without",
        "write [\"docs/a.md\"], {\"docs/a.md\":3}, or [{\"id\":\"docs/a.md\",\"grade\":3}]");

    private static ItemException Wrong(string label, string problem, string remedy) => new(ErrorCodes.SourceMalformed, $"'{label}' {problem}", remedy);
}
