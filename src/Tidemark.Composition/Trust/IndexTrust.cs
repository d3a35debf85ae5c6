using System.Collections;
using Tidemark.Composition.Configuration;

namespace Tidemark.Composition.Trust;

/// <summary>
/// Whether vectors and the token go where a store says that its index is. A file that somebody was given may name any address; one that this
/// user named himself, by flag, environment or trusted settings, is remembered beside what else he trusts.
/// </summary>
internal sealed class IndexTrust(TidemarkSettings settings, IDictionary environment, TimeProvider clock)
{
    /// <param name="location">Where the index is.</param>
    /// <param name="asked">Where this call says that it is; null: it says nothing.</param>
    /// <param name="hasToken">A token would be sent there.</param>
    /// <exception cref="TidemarkException"><c>configuration.untrusted</c>.</exception>
    public void Require(string location, string? asked, bool hasToken)
    {
        if (settings.Store.Server is not null || (IsHere(location) && !hasToken) || TrustRule.IsGiven(environment))
        {
            return;
        }

        var (trusted, subject) = (new TrustedFiles(environment, clock), TrustedFiles.SubjectOf(settings.Store.Path, location));
        var fingerprint = TrustFingerprint.Of([new ReachingSetting(SettingPaths.Index, location, location)]);
        if (trusted.Holds(subject, fingerprint))
        {
            return;
        }

        if (asked != location)
        {
            throw new TidemarkException(
                ErrorCodes.ConfigurationUntrusted,
                $"the store '{settings.Store.Path}' keeps its vectors in '{location}', and nobody has said so here",
                $"if that is where they should go, name it once: --index {location} (or TIDEMARK_TRUST=1 in automation)");
        }

        try
        {
            trusted.Add(subject, fingerprint);
        }
        catch (TidemarkException e) when (e.Code == ErrorCodes.OutputFailed)
        {
            // It is named in this call; the next one has to name it again.
        }
    }

    private static bool IsHere(string location) =>
        location.IndexOf(':', StringComparison.Ordinal) is > 0 and var at
        && Uri.TryCreate(location[(at + 1)..], UriKind.Absolute, out var address)
        && SecretTransport.IsLocal(address);
}
