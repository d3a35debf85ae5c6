using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Shouldly;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd.Messages;

/// <summary>A real broker that speaks TLS: who it is has to be known before anything is said to it.</summary>
public sealed class RabbitTlsTests : IDisposable
{
    private readonly Workspace _work = new();

    public void Dispose() => _work.Dispose();

    [Fact]
    public async Task Messages_come_by_amqps_once_this_machine_trusts_the_certificate_and_not_before()
    {
        await using var broker = await StartAsync("127.0.0.1");
        await broker.PublishAsync(Enumerable.Range(0, 500).Select(i => $$"""{"id":{{i}},"text":"number {{i}}","v":1}"""));
        using (var refused = await ServedIndex.StartAsync(_work))
        {
            await RefusedAsync(refused, broker);
        }

        _work.Environment["SSL_CERT_FILE"] = _work.PathOf("tls/cert.pem");
        using var service = await ServedIndex.StartAsync(_work);

        await Awaiting.FactAsync("all were taken", broker.IsEmptyAsync);
        await Awaiting.FactAsync("all were carried out", async () =>
            (await _work.RunAsync("queue", "status", "--json")).Json is { } queue && (long)queue["pending"]! + (long)queue["leased"]! == 0);
        service.Process.ErrorsSoFar.ShouldContain($"takes the messages of '{broker.Queue}' of amqps://127.0.0.1:");
        await service.StopAsync();
        _work.Documents(await _work.ExportAsync()).Count.ShouldBe(500);
    }

    [Fact]
    public async Task A_certificate_of_another_host_is_refused_whoever_signed_it()
    {
        await using var broker = await StartAsync("127.0.0.2");
        await broker.PublishAsync(["""{"id":1,"text":"one","v":1}"""]);
        _work.Environment["SSL_CERT_FILE"] = _work.PathOf("tls/cert.pem");
        using var service = await ServedIndex.StartAsync(_work);

        await RefusedAsync(service, broker);
    }

    private static async Task RefusedAsync(ServedIndex service, RabbitBroker broker)
    {
        await Awaiting.FactAsync("it is told", () => service.Process.ErrorsSoFar.Contains("[broker.setup]", StringComparison.Ordinal));
        service.Process.ErrorsSoFar.ShouldContain("its certificate is not accepted");
        service.Process.ErrorsSoFar.ShouldContain("SSL_CERT_FILE");
        service.Process.ErrorsSoFar.ShouldNotContain("guest:guest");
        await service.StopAsync();
        (await broker.ReadyAsync()).ShouldBeGreaterThan(0U, "nothing was fetched");
    }

    private async Task<RabbitBroker> StartAsync(string address)
    {
        var folder = Directory.CreateDirectory(_work.PathOf("tls")).FullName;
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=a broker", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Parse(address));
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        await File.WriteAllTextAsync(Path.Combine(folder, "cert.pem"), certificate.ExportCertificatePem(), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "key.pem"), key.ExportPkcs8PrivateKeyPem(), TestContext.Current.CancellationToken);
        var broker = await RabbitBroker.StartAsync(folder);
        _work.Environment["TIDEMARK_TRUST"] = "1";
        _work.Environment["AMQP_URL"] = broker.SecureUrl!;
        _work.Write("tidemark.json", $$"""
            { "hooks": { "shop": { "rabbitmq": "env:AMQP_URL", "queue": "{{broker.Queue}}", "id": "shop/{/id}", "text": "/text", "version": "/v" } } }
            """);
        return broker;
    }
}
