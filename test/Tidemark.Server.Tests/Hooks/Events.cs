using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Tidemark.Server.Hooks;
using Tidemark.Server.Hooks.Formats;
using Tidemark.Server.Hooks.Mapping;

namespace Tidemark.Server.Tests.Hooks;

/// <summary>From a body to what becomes of it.</summary>
internal static class Events
{
    public static Hook Read(HookFormat format, HookMapping mapping, HookSignature signature = HookSignature.Key)
    {
        var checks = new HookChecks(new HookOptions
        {
            Name = "shop",
            Format = format,
            Signature = signature,
            Mapping = mapping,
            Secrets = signature is HookSignature.Key or HookSignature.None ? [] : ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"],
        });
        var hook = checks.Read();
        checks.Mistakes.ShouldBeEmpty();
        return hook!;
    }

    public static IReadOnlyList<MappedEvent> Map(this Hook hook, string body, params (string Name, string Value)[] headers)
    {
        var given = new HeaderDictionary();
        foreach (var (name, value) in headers)
        {
            given[name] = value;
        }

        return [.. HookFormats.Read(hook.Options.Format, given, Encoding.UTF8.GetBytes(body)).Select(hook.Map.Map)];
    }

    /// <summary>The one change that it comes down to, as a JSON line.</summary>
    public static JsonElement Line(this IReadOnlyList<MappedEvent> mapped)
    {
        var change = mapped.ShouldHaveSingleItem().ShouldBeOfType<MappedEvent.Change>(mapped[0].ToString());
        using var line = JsonDocument.Parse(change.Line);
        line.RootElement.GetProperty("id").GetString().ShouldBe(change.Document);
        return line.RootElement.Clone();
    }

    public static MappedEvent.Poison Poison(this IReadOnlyList<MappedEvent> mapped) => mapped.ShouldHaveSingleItem().ShouldBeOfType<MappedEvent.Poison>(mapped[0].ToString());
}
