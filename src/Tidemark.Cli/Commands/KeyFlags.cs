using System.CommandLine;
using Tidemark.Cli.Options;
using Tidemark.Serving;
using Tidemark.Wire;

namespace Tidemark.Cli.Commands;

/// <summary>What a key may do, and how much.</summary>
internal sealed class KeyFlags
{
    public Option<string[]> Scope { get; } = new("--scope")
    {
        HelpName = "SCOPE",
        Description = "read, write or admin, each with those before it; repeatable [default: read]",
    };

    public Option<string[]> Namespaces { get; } = new("--namespaces")
    {
        HelpName = "NAME[,NAME]",
        Description = "The namespaces that it reaches; one with a comma is quoted; unset: all",
    };

    public PeriodOption Expires { get; } = new("--expires", "How long it lasts, such as 90d, 12h; unset: for ever");

    public NumberOption RequestsPerMinute { get; } = new("--requests-per-minute", "N", 0, (1, int.MaxValue))
    {
        Description = "So many requests a minute at most; unset: as the service says",
    };

    public NumberOption TokensPerDay { get; } = new("--tokens-per-day", "N", 0, (1, int.MaxValue))
    {
        Description = "So many tokens may be embedded for it in a day (UTC); unset: as the service says",
    };

    /// <exception cref="TidemarkException"><c>usage</c>.</exception>
    public AccessKeyRequest Of(ParseResult parsed, string name, DateTimeOffset now) => new()
    {
        Name = name,
        Scope = parsed.GetValue(Scope) is { Length: > 0 } scopes ? AccessScopeNames.Parse(scopes) : AccessScope.Read,
        Namespaces = parsed.GetValue(Namespaces) is { Length: > 0 } names ? IdListText.Parse(InputName.Flag(Namespaces.Name), names) : null,
        ExpiresAt = now + Expires.Of(parsed),
        RequestsPerMinute = Limit(parsed, RequestsPerMinute),
        TokensPerDay = Limit(parsed, TokensPerDay),
    };

    private static int? Limit(ParseResult parsed, NumberOption option) => parsed.GetResult(option) is null ? null : option.Of(parsed);
}
