using Tidemark.Cli.Output;
using Tidemark.Composition.Configuration;
using Tidemark.Composition.Trust;

namespace Tidemark.Cli.Commands;

/// <summary>Lets a configuration file reach beyond its folder if this user trusted it, or does so now.</summary>
internal static class TrustGate
{
    public const string Variable = "TIDEMARK_TRUST";

    /// <exception cref="UntrustedException">It wants what nobody granted.</exception>
    public static void Check(TidemarkSettings settings, CommandHost host, CommandOutput output)
    {
        if (settings.File is not { } file
            || !settings.Reach.Any(setting => setting.NeedsTrust)
            || host.Environment[Variable] is "1" or "true")
        {
            return;
        }

        var trusted = new TrustedFiles(host.Environment, host.Clock);
        var fingerprint = TrustFingerprint.Of(settings.Reach);
        if (trusted.Holds(file, fingerprint))
        {
            return;
        }

        if (output.IsJson || output.IsQuiet || !Ask(host, file, settings.Reach))
        {
            throw new UntrustedException(file, settings.Reach);
        }

        trusted.Add(file, fingerprint);
    }

    private static bool Ask(CommandHost host, string file, IReadOnlyList<ReachingSetting> wants)
    {
        if (!host.CanAsk)
        {
            return false;
        }

        PlainRenderer.Render(host.Terminal.Error, TrustView.Of(file, wants));
        return host.Confirm("Trust it with that?");
    }
}
