using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Tidemark.Records;
using Tidemark.Wire;

namespace Tidemark.Server.Http;

/// <summary>What a request says, checked by what its route declares.</summary>
internal sealed class CallArguments
{
    private readonly Dictionary<string, Parameter> _declared;
    private readonly Dictionary<string, IReadOnlyList<string>> _given = new(StringComparer.Ordinal);

    /// <exception cref="TidemarkException"><c>usage</c>: a name that the route does not have, something twice, something missing.</exception>
    public CallArguments(IReadOnlyList<Parameter> declared, IQueryCollection query, JsonElement? body)
    {
        _declared = declared.ToDictionary(parameter => parameter.Name, StringComparer.Ordinal);
        foreach (var (name, values) in query)
        {
            Take(name, [.. values.Select(value => value ?? "")]);
        }

        foreach (var member in body?.EnumerateObject() ?? default)
        {
            if (member.Value.ValueKind != JsonValueKind.Null)
            {
                Take(NameOf(member), TextsOf(member));
            }
        }

        if (declared.FirstOrDefault(parameter => parameter.IsRequired && !_given.ContainsKey(parameter.Name)) is { } missing)
        {
            throw Wrong($"'{missing.Name}' is missing", $"give it: {missing.Description}");
        }
    }

    public string? Text(string name) => _given.TryGetValue(name, out var values) ? values[0] : null;

    /// <summary>Something that has a name, or null.</summary>
    public string? Name(string name) => Text(name) is null ? null : Required(name);

    /// <summary>Of a required one.</summary>
    public string Required(string name) => Text(name) is { Length: > 0 } text ? text : throw Wrong($"'{name}' is empty", "give it a text");

    public IReadOnlyList<string> Texts(string name) => _given.GetValueOrDefault(name, []);

    public bool Flag(string name) => Text(name) switch
    {
        null or "false" => false,
        "true" or "" => true,
        var other => throw Wrong($"'{name}' is '{other}'", "it is true or false"),
    };

    public int Integer(string name)
    {
        var declared = _declared[name];
        return Text(name) is not { } text ? declared.Default
            : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                && number >= declared.Least && number <= declared.Most ? number
            : throw Wrong($"'{name}' is '{text}'", string.Create(
                CultureInfo.InvariantCulture, $"it is a whole number from {declared.Least} to {declared.Most}"));
    }

    /// <summary>A whole number that may be left out.</summary>
    public int? Count(string name) => Text(name) is not { } text ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : throw Wrong($"'{name}' is '{text}'", "it is a whole number from 0 up");

    /// <summary>USD that may be left out.</summary>
    public decimal? Amount(string name) => Text(name) is not { } text ? null
        : decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) && amount <= MoneyText.Most ? amount
        : throw Wrong($"'{name}' is '{text}'", "it is an amount of USD as '2.50'");

    public long? Run(string name) => Text(name) is not { } text ? null
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number
        : throw Wrong($"'{name}' is '{text}'", "it is the number of a run: GET runs lists them");

    public PointInTime? Moment(string name) => Text(name) is not { } text ? null
        : PointInTimeText.Parse(text)
            ?? throw Wrong($"'{name}' is '{text}'", "it is the number of a run, or a time: '2026-03-01', '2026-03-01T12:00:00Z'");

    private static TidemarkException Wrong(string message, string remedy) => new(ErrorCodes.Usage, message, remedy);

    private void Take(string name, IReadOnlyList<string> values)
    {
        if (!_declared.TryGetValue(name, out var declared))
        {
            throw Wrong($"there is no parameter '{name}' here", NearestName.Find(name, _declared.Keys) is { } nearest
                ? $"did you mean '{nearest}'?"
                : _declared.Count == 0 ? "leave it out" : $"there are: {string.Join(", ", _declared.Keys.Select(one => $"'{one}'"))}");
        }

        if (_given.ContainsKey(name) || (values.Count > 1 && declared.Kind != ParameterKind.Texts))
        {
            throw Wrong($"'{name}' is given twice", "give it once");
        }

        if (values.Count == 0 && declared.Kind != ParameterKind.Texts)
        {
            throw Wrong($"'{name}' is an empty list", "give it a value, or leave it out");
        }

        if (values.FirstOrDefault(value => value.Contains('\0', StringComparison.Ordinal)) is not null)
        {
            throw Wrong($"'{name}' has a NUL character", "give it without");
        }

        if (declared.Choices.Count > 0 && !declared.Choices.Contains(values[0], StringComparer.Ordinal))
        {
            throw Wrong($"'{name}' is '{values[0]}'", $"it is one of {string.Join(", ", declared.Choices.Select(choice => $"'{choice}'"))}");
        }

        if (values.Count > 0)
        {
            _given[name] = values;
        }
    }

    private static string NameOf(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            throw Wrong("the name of a member has half of a surrogate pair", "give it as valid Unicode");
        }
    }

    private static IReadOnlyList<string> TextsOf(JsonProperty member) => member.Value.ValueKind == JsonValueKind.Array
        ? [.. member.Value.EnumerateArray().Select(value => TextOf(member.Name, value))]
        : [TextOf(member.Name, member.Value)];

    private static string TextOf(string name, JsonElement value)
    {
        try
        {
            return value.ValueKind switch
            {
                JsonValueKind.String => value.GetString()!,
                JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
                _ => throw Wrong($"'{name}' is {value.ValueKind.ToString().ToLowerInvariant()}", "it is a text, a number, true or false, or a list of those"),
            };
        }
        catch (InvalidOperationException)
        {
            throw Wrong($"'{name}' has half of a surrogate pair", "give it as valid Unicode");
        }
    }
}
