using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Org.BouncyCastle.Math.EC.Rfc8032;
using Shouldly;
using Tidemark.Server.Hooks;
using Tidemark.Server.Hooks.Signing;
using Tidemark.Server.Problems;
using Xunit;

namespace Tidemark.Server.Tests.Hooks;

/// <summary>Signatures by published examples, and everything about them that can be wrong.</summary>
public sealed class SignatureTests
{
    /// <summary>The example that the Standard Webhooks and Svix libraries are tested with.</summary>
    private const string StandardSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", StandardBody = "{\"test\": 2432232314}";

    private static readonly DateTimeOffset StandardTime = DateTimeOffset.FromUnixTimeSeconds(1614265330);

    private static readonly (string, string)[] StandardHeaders =
    [
        ("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek"), ("webhook-timestamp", "1614265330"), ("webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="),
    ];

    /// <summary>The example of GitHub's page on validating deliveries.</summary>
    private const string GitHubSecret = "It's a Secret to Everybody", GitHubBody = "Hello, World!";

    private const string GitHubSignature = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";

    /// <summary>What Stripe's own library makes of it.</summary>
    private const string StripeSecret = "whsec_test_secret_of_the_docs", StripeBody = "{\"id\":\"evt_test_webhook\",\"object\":\"event\"}";

    private const string StripeHeader = "t=1492774577,v1=cd3805519f808b476e8a462313284832caa133fa783afbcbab46abf1a3af3e4c";

    private static readonly DateTimeOffset StripeTime = DateTimeOffset.FromUnixTimeSeconds(1492774577);

    [Fact]
    public void The_published_example_of_Standard_Webhooks_is_right() => Check(HookSignature.Standard, [StandardSecret], StandardBody, StandardTime, StandardHeaders).ShouldBeNull();

    [Fact]
    public void Svix_has_the_same_under_names_of_its_own() => Check(
        HookSignature.Standard, [StandardSecret], StandardBody, StandardTime, [.. StandardHeaders.Select(header => (header.Item1.Replace("webhook-", "svix-", StringComparison.Ordinal), header.Item2))])
        .ShouldBeNull();

    [Fact]
    public void The_published_example_of_GitHub_is_right() =>
        Check(HookSignature.GitHub, [GitHubSecret], GitHubBody, StandardTime, ("X-Hub-Signature-256", GitHubSignature)).ShouldBeNull();

    [Fact]
    public void What_Stripe_s_library_signs_is_right() => Check(HookSignature.Stripe, [StripeSecret], StripeBody, StripeTime, ("Stripe-Signature", StripeHeader)).ShouldBeNull();

    [Theory]
    [InlineData(HookSignature.Standard)]
    [InlineData(HookSignature.GitHub)]
    [InlineData(HookSignature.Stripe)]
    public void Any_secret_of_several_is_good_and_no_other(HookSignature scheme)
    {
        var (secret, body, time, headers) = Example(scheme);
        var other = scheme == HookSignature.Standard ? "whsec_" + Convert.ToBase64String(new byte[24]) : "another secret that is long";

        Check(scheme, [other, secret], body, time, headers).ShouldBeNull();
        Check(scheme, [secret, other], body, time, headers).ShouldBeNull();
        Check(scheme, [other], body, time, headers).ShouldBe("hook.signature");
    }

    [Theory]
    [InlineData(HookSignature.Standard)]
    [InlineData(HookSignature.GitHub)]
    [InlineData(HookSignature.Stripe)]
    public void A_body_that_differs_in_a_byte_is_refused(HookSignature scheme)
    {
        var (secret, body, time, headers) = Example(scheme);

        Check(scheme, [secret], body + " ", time, headers).ShouldBe("hook.signature");
        Check(scheme, [secret], body[..^1], time, headers).ShouldBe("hook.signature");
        Check(scheme, [secret], "", time, headers).ShouldBe("hook.signature");
    }

    [Theory]
    [InlineData(HookSignature.Standard, 300, null)]
    [InlineData(HookSignature.Standard, -300, null)]
    [InlineData(HookSignature.Standard, 301, "hook.late")]
    [InlineData(HookSignature.Standard, -301, "hook.late")]
    [InlineData(HookSignature.Stripe, 300, null)]
    [InlineData(HookSignature.Stripe, 301, "hook.late")]
    [InlineData(HookSignature.Stripe, -301, "hook.late")]
    [InlineData(HookSignature.GitHub, 1_000_000, null)]
    public void What_was_signed_too_long_ago_or_ahead_is_refused(HookSignature scheme, int seconds, string? code)
    {
        var (secret, body, time, headers) = Example(scheme);

        Check(scheme, [secret], body, time.AddSeconds(seconds), headers).ShouldBe(code);
    }

    [Fact]
    public void The_time_is_part_of_what_is_signed()
    {
        Check(HookSignature.Standard, [StandardSecret], StandardBody, StandardTime, StandardHeaders[0], ("webhook-timestamp", "1614265331"), StandardHeaders[2]).ShouldBe("hook.signature");
        Check(HookSignature.Stripe, [StripeSecret], StripeBody, StripeTime, ("Stripe-Signature", StripeHeader.Replace("t=1492774577", "t=1492774578", StringComparison.Ordinal)))
            .ShouldBe("hook.signature");
    }

    [Fact]
    public void The_name_is_part_of_what_is_signed() =>
        Check(HookSignature.Standard, [StandardSecret], StandardBody, StandardTime, ("webhook-id", "msg_other"), StandardHeaders[1], StandardHeaders[2]).ShouldBe("hook.signature");

    /// <summary>Else one that is signed could be read as another, with a part of its body as its time.</summary>
    [Theory]
    [InlineData("msg_a", null)]
    [InlineData("msg.a", "hook.signature")]
    public void A_name_with_a_full_stop_is_refused_however_it_is_signed(string id, string? code)
    {
        var signature = HMACSHA256.HashData(SecretKey.Of(HookSignature.Standard, StandardSecret)!, Encoding.UTF8.GetBytes($"{id}.1614265330.{StandardBody}"));

        Check(HookSignature.Standard, [StandardSecret], StandardBody, StandardTime, ("webhook-id", id), StandardHeaders[1], ("webhook-signature", "v1," + Convert.ToBase64String(signature)))
            .ShouldBe(code);
    }

    [Fact]
    public void One_right_signature_among_others_is_enough()
    {
        var wrong = "v1," + Convert.ToBase64String(new byte[32]);
        Check(HookSignature.Standard, [StandardSecret], StandardBody, StandardTime, StandardHeaders[0], StandardHeaders[1], ("webhook-signature", $"v1a,{wrong[3..]} {wrong} {StandardHeaders[2].Item2}"))
            .ShouldBeNull();
        Check(HookSignature.Stripe, [StripeSecret], StripeBody, StripeTime, ("Stripe-Signature", StripeHeader.Replace(",v1=", $",v0=00,v1={new string('0', 64)},v1=", StringComparison.Ordinal)))
            .ShouldBeNull();
    }

    [Fact]
    public void A_signature_under_another_version_s_name_is_none()
    {
        Check(HookSignature.Standard, [StandardSecret], StandardBody, StandardTime, StandardHeaders[0], StandardHeaders[1], ("webhook-signature", StandardHeaders[2].Item2.Replace("v1,", "v2,", StringComparison.Ordinal)))
            .ShouldBe("hook.signature");
        Check(HookSignature.Stripe, [StripeSecret], StripeBody, StripeTime, ("Stripe-Signature", StripeHeader.Replace("v1=", "v0=", StringComparison.Ordinal))).ShouldBe("hook.signature");
        Check(HookSignature.GitHub, [GitHubSecret], GitHubBody, StandardTime, ("X-Hub-Signature", GitHubSignature)).ShouldBe("hook.signature");
    }

    [Theory]
    [InlineData("")]
    [InlineData("sha256=")]
    [InlineData("sha1=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17")]
    [InlineData("sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e")]
    [InlineData("sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e1700")]
    [InlineData("sha256=zz7107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17")]
    public void What_is_no_signature_of_GitHub_is_refused(string header) =>
        Check(HookSignature.GitHub, [GitHubSecret], GitHubBody, StandardTime, ("X-Hub-Signature-256", header)).ShouldBe("hook.signature");

    [Theory]
    [InlineData("")]
    [InlineData("t=")]
    [InlineData("v1=cd38")]
    [InlineData("t=1492774577")]
    [InlineData("t=1492774577,v1=")]
    [InlineData("t=-1492774577,v1=cd3805519f808b476e8a462313284832caa133fa783afbcbab46abf1a3af3e4c")]
    [InlineData("t=99999999999999999999,v1=cd3805519f808b476e8a462313284832caa133fa783afbcbab46abf1a3af3e4c")]
    [InlineData("t=1492774577,t=1,v1=cd3805519f808b476e8a462313284832caa133fa783afbcbab46abf1a3af3e4c")]
    public void What_is_no_signature_of_Stripe_is_refused(string header) =>
        Check(HookSignature.Stripe, [StripeSecret], StripeBody, StripeTime, ("Stripe-Signature", header)).ShouldBe("hook.signature");

    [Theory]
    [InlineData("webhook-id", "")]
    [InlineData("webhook-id", "msg.1614265330")]
    [InlineData("webhook-timestamp", "")]
    [InlineData("webhook-timestamp", "now")]
    [InlineData("webhook-timestamp", "1614265330.0")]
    [InlineData("webhook-signature", "")]
    [InlineData("webhook-signature", "v1,")]
    [InlineData("webhook-signature", "v1,not base64")]
    [InlineData("webhook-signature", "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")]
    public void What_is_no_signature_of_Standard_Webhooks_is_refused(string header, string value) =>
        Check(HookSignature.Standard, [StandardSecret], StandardBody, StandardTime, [.. StandardHeaders.Where(one => one.Item1 != header), (header, value)]).ShouldBe("hook.signature");

    [Fact]
    public void Where_nothing_is_signed_nothing_is_believed()
    {
        Check(HookSignature.Standard, [StandardSecret], StandardBody, StandardTime).ShouldBe("hook.signature");
        Check(HookSignature.GitHub, [GitHubSecret], GitHubBody, StandardTime).ShouldBe("hook.signature");
        Check(HookSignature.Stripe, [StripeSecret], StripeBody, StripeTime).ShouldBe("hook.signature");
    }

    [Theory]
    [InlineData(HookSignature.Standard, "whsec_")]
    [InlineData(HookSignature.Standard, "whsec_not base64")]
    [InlineData(HookSignature.Standard, "whsec_c2hvcnQ=")]
    [InlineData(HookSignature.GitHub, "short")]
    [InlineData(HookSignature.Stripe, "")]
    public void A_secret_that_can_be_guessed_is_none(HookSignature scheme, string secret) => SecretKey.Of(scheme, secret).ShouldBeNull();

    /// <summary>The first pair of RFC 8032, section 7.1.</summary>
    private const string Seed = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60", PublicKey = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";

    [Theory]
    [InlineData("whpk_", PublicKey)]
    [InlineData("whsk_", Seed)]
    [InlineData("whsk_", Seed + PublicKey)]
    public void What_a_pair_of_keys_signed_is_right_by_either_of_them(string prefix, string key)
    {
        var secret = prefix + Convert.ToBase64String(Convert.FromHexString(key));

        Check(HookSignature.Standard, [secret], StandardBody, StandardTime, Paired(StandardBody)).ShouldBeNull();
        Check(HookSignature.Standard, [StandardSecret, secret], StandardBody, StandardTime, Paired(StandardBody)).ShouldBeNull();
        Check(HookSignature.Standard, [StandardSecret, secret], StandardBody, StandardTime, StandardHeaders).ShouldBeNull();
        Check(HookSignature.Standard, [secret], StandardBody + " ", StandardTime, Paired(StandardBody)).ShouldBe("hook.signature");
        Check(HookSignature.Standard, [secret], StandardBody, StandardTime, StandardHeaders).ShouldBe("hook.signature");
        Check(HookSignature.Standard, [StandardSecret], StandardBody, StandardTime, Paired(StandardBody)).ShouldBe("hook.signature");
        Check(HookSignature.Standard, [secret], StandardBody, StandardTime.AddHours(1), Paired(StandardBody)).ShouldBe("hook.late");
        Check(HookSignature.Standard, ["whpk_" + Convert.ToBase64String(new byte[32])], StandardBody, StandardTime, Paired(StandardBody)).ShouldBe("hook.signature");
    }

    [Fact]
    public void What_a_pair_of_keys_signed_is_kept_as_a_whole_and_no_more_of_it_than_is_taken() => Should.Throw<HttpProblem>(() =>
    {
        using var signed = new SignedBody(
            SignatureSchemes.Read(HookSignature.Standard, HeadersOf(Paired(new string('x', 101))))!, new HookKeys([], [Convert.FromHexString(PublicKey)]), most: 100);
        signed.Append(Encoding.UTF8.GetBytes(new string('x', 101)));
        signed.Require(StandardTime, TimeSpan.FromMinutes(5));
    }).Status.ShouldBe(StatusCodes.Status413PayloadTooLarge);

    [Theory]
    [InlineData("whpk_")]
    [InlineData("whpk_c2hvcnQ=")]
    [InlineData("whsk_not base64")]
    public void A_key_of_another_length_is_none(string secret) => SecretKey.PublicOf(secret).ShouldBeNull();

    private static (string, string)[] Paired(string body)
    {
        var message = Encoding.UTF8.GetBytes($"{StandardHeaders[0].Item2}.{StandardHeaders[1].Item2}.{body}");
        var signature = new byte[Ed25519.SignatureSize];
        Ed25519.Sign(Convert.FromHexString(Seed), 0, message, 0, message.Length, signature, 0);
        return [StandardHeaders[0], StandardHeaders[1], ("webhook-signature", "v1a," + Convert.ToBase64String(signature))];
    }

    private static HeaderDictionary HeadersOf((string Name, string Value)[] headers)
    {
        var given = new HeaderDictionary();
        foreach (var (name, value) in headers)
        {
            given[name] = value;
        }

        return given;
    }

    /// <returns>Null: it is believed; else the code of the refusal.</returns>
    private static string? Check(HookSignature scheme, string[] secrets, string body, DateTimeOffset now, params (string Name, string Value)[] headers)
    {
        var given = HeadersOf(headers);
        try
        {
            var hook = new HookSet([new HookOptions { Name = "a", Signature = scheme, Secrets = secrets, Mapping = new HookMapping { Id = "/id", Text = "/text", Version = "/v" } }]).Find("a")!;
            using var signed = new SignedBody(SignatureSchemes.Read(scheme, given)!, hook.Keys, most: 100);
            var bytes = Encoding.UTF8.GetBytes(body);
            signed.Append(bytes.AsSpan(0, bytes.Length / 2));
            signed.Append(bytes.AsSpan(bytes.Length / 2));
            signed.Require(now, TimeSpan.FromMinutes(5));
            return null;
        }
        catch (HttpProblem problem)
        {
            problem.Status.ShouldBe(StatusCodes.Status401Unauthorized);
            foreach (var secret in secrets)
            {
                (problem.Message + problem.Remedy).ShouldNotContain(secret);
            }

            return problem.Code;
        }
    }

    private static (string Secret, string Body, DateTimeOffset Time, (string, string)[] Headers) Example(HookSignature scheme) => scheme switch
    {
        HookSignature.Standard => (StandardSecret, StandardBody, StandardTime, StandardHeaders),
        HookSignature.GitHub => (GitHubSecret, GitHubBody, StandardTime, [("X-Hub-Signature-256", GitHubSignature)]),
        _ => (StripeSecret, StripeBody, StripeTime, [("Stripe-Signature", StripeHeader)]),
    };
}
