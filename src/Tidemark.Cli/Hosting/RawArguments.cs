namespace Tidemark.Cli.Hosting;

/// <summary>The arguments as they came, for what is said before, or instead of, parsing them.</summary>
internal sealed class RawArguments(IReadOnlyList<string> arguments)
{
    private readonly List<string> _said = [.. arguments.TakeWhile(a => a != "--")];

    /// <summary>The first word; null: there is none.</summary>
    public string? Command => _said.FirstOrDefault();

    public bool Has(string flag) => _said.Contains(flag, StringComparer.Ordinal);

    /// <returns>What was said last, as the parser takes it; null: nothing.</returns>
    public string? ValueOf(string option)
    {
        var at = _said.FindLastIndex(a => a == option || a.StartsWith(option + "=", StringComparison.Ordinal));
        return at < 0 ? null
            : _said[at].Length > option.Length ? _said[at][(option.Length + 1)..]
            : _said.ElementAtOrDefault(at + 1);
    }
}
