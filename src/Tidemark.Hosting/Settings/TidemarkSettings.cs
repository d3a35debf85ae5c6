using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Tidemark.Hosting.Settings;

/// <summary>
/// A section of the configuration, read with all its mistakes: what is asked for and is missing or wrong is noted, and told together once the index
/// was put together, with what the section has that nobody asked for.
/// </summary>
/// <remarks>
/// Always known: <c>Namespace</c>, <c>NormalizeInput</c>, <c>Stemming</c>, <c>KeepText</c>, <c>AppendOnly</c> (true, or names of namespaces), <c>Wait</c>,
/// <c>Chunker:Kind</c>, <c>Chunker:Size</c>, <c>Chunker:Overlap</c>, <c>Guard:Enabled</c>, <c>Guard:MaxDocuments</c>, <c>Guard:MaxShare</c>.
/// </remarks>
public sealed class TidemarkSettings
{
    private readonly IConfiguration _section;
    private readonly HashSet<string> _asked = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<(string Message, string Remedy)> _mistakes = [];

    internal TidemarkSettings(IConfiguration section) => _section = section;

    /// <summary>A text; null: it is not there, or empty.</summary>
    /// <param name="key">Below the section, with colons: <c>Store</c>, <c>OpenAI:Model</c>.</param>
    public string? Text(string key)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(key);
        _asked.Add(key);
        return _section[key] is { Length: > 0 } text ? text : null;
    }

    /// <summary>A text that has to be there; where it is not, something stands in for it until the mistake is told.</summary>
    /// <param name="key">As <see cref="Text"/> takes it.</param>
    public string Required(string key)
    {
        if (Text(key) is { } text)
        {
            return text;
        }

        Mistake($"'{NameOf(key)}' is missing", $"set '{NameOf(key)}'");
        return "missing";
    }

    /// <summary>The texts of a list, or the one of a single value; empty: there are none.</summary>
    /// <param name="key">As <see cref="Text"/> takes it.</param>
    public IReadOnlyList<string> Texts(string key)
    {
        if (Text(key) is { } one)
        {
            return [one];
        }

        var texts = new List<string>();
        foreach (var child in _section.GetSection(key).GetChildren())
        {
            _asked.Add($"{key}:{child.Key}");
            if (child.Value is { Length: > 0 } text)
            {
                texts.Add(text);
            }
        }

        return texts;
    }

    /// <summary>A whole number; null: it is not there, or wrong.</summary>
    /// <param name="key">As <see cref="Text"/> takes it.</param>
    /// <param name="least">The smallest that is taken.</param>
    /// <param name="most">The largest that is taken.</param>
    public long? Number(string key, long least = 0, long most = long.MaxValue) => Read<long>(
        key,
        text => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most ? value : null,
        most == long.MaxValue ? string.Create(CultureInfo.InvariantCulture, $"a whole number of at least {least}") : string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most}"));

    /// <summary>A share from 0 to 1; null: it is not there, or wrong.</summary>
    /// <param name="key">As <see cref="Text"/> takes it.</param>
    public double? Share(string key) => Read<double>(
        key,
        text => double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value is >= 0 and <= 1 ? value : null,
        "a share from 0 to 1: '0.2'");

    /// <summary>True or false; null: it is not there, or wrong.</summary>
    /// <param name="key">As <see cref="Text"/> takes it.</param>
    public bool? Flag(string key) => Read<bool>(key, text => bool.TryParse(text, out var value) ? value : null, "'true' or 'false'");

    /// <summary>A duration; null: it is not there, or wrong.</summary>
    /// <param name="key">As <see cref="Text"/> takes it.</param>
    public TimeSpan? Duration(string key) => Read<TimeSpan>(
        key,
        text => TimeSpan.TryParseExact(text, ["c", "g"], CultureInfo.InvariantCulture, out var value) && value >= TimeSpan.Zero ? value : null,
        "a duration: '00:00:30'");

    /// <summary>One of the names of an enumeration, whatever the case; null: it is not there, or wrong.</summary>
    /// <param name="key">As <see cref="Text"/> takes it.</param>
    public T? Choice<T>(string key)
        where T : struct, Enum => Read<T>(
            key,
            text => Enum.GetNames<T>().FirstOrDefault(name => name.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } name ? Enum.Parse<T>(name) : null,
            $"one of {string.Join(", ", Enum.GetNames<T>().Select(name => $"'{name}'"))}");

    /// <summary>Notes a mistake of the caller's own finding; it is told with the others.</summary>
    /// <param name="message">What is wrong, naming the thing in single quotes.</param>
    /// <param name="remedy">What to do about it.</param>
    public void Mistake(string message, string remedy) => _mistakes.Add((message, remedy));

    /// <exception cref="TidemarkException"><c>configuration.invalid</c>: all mistakes.</exception>
    internal void Check()
    {
        foreach (var unknown in Keys(_section, "").Where(key => !_asked.Contains(key)))
        {
            var nearest = NearestName.Find(unknown, _asked);
            Mistake($"nobody knows '{NameOf(unknown)}'", nearest is null ? $"leave '{NameOf(unknown)}' out" : $"did you mean '{NameOf(nearest)}'?");
        }

        if (_mistakes.Count > 0)
        {
            throw new TidemarkException(
                ErrorCodes.ConfigurationInvalid,
                string.Join("; ", _mistakes.Select(mistake => mistake.Message)),
                string.Join("; ", _mistakes.Select(mistake => mistake.Remedy)));
        }
    }

    private T? Read<T>(string key, Func<string, T?> parse, string expected)
        where T : struct
    {
        if (Text(key) is not { } text)
        {
            return null;
        }

        if (parse(text) is { } value)
        {
            return value;
        }

        Mistake($"'{NameOf(key)}' is '{text}'", $"make '{NameOf(key)}' {expected}");
        return null;
    }

    private string NameOf(string key) => _section is IConfigurationSection { Path.Length: > 0 } section ? $"{section.Path}:{key}" : key;

    /// <summary>Of every value below a section.</summary>
    private static IEnumerable<string> Keys(IConfiguration section, string above) => section.GetChildren().SelectMany(child =>
        child.GetChildren().Any() ? Keys(child, $"{above}{child.Key}:") : child.Value is null ? [] : [above + child.Key]);
}
