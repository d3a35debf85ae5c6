using Npgsql;
using Shouldly;
using Tidemark.Postgres.Server;
using Xunit;

namespace Tidemark.Postgres.Tests.Server;

public sealed class StoreAddressTests
{
    [Fact]
    public void Settings_reach_the_driver_as_they_were_written()
    {
        var driver = DriverOf(
            "application_name=night-sync&sslmode=verify-full&Root%20Certificate=/etc/our-ca/root-1.pem&passfile=/run/pg-pass&options=-c%20work_mem%3D64MB"
            + "&channel%20binding=require&Timeout=7");

        driver.ApplicationName.ShouldBe("night-sync");
        driver.SslMode.ShouldBe(SslMode.VerifyFull);
        driver.RootCertificate.ShouldBe("/etc/our-ca/root-1.pem");
        driver.Passfile.ShouldBe("/run/pg-pass");
        driver.Options.ShouldBe("-c work_mem=64MB");
        (driver.ChannelBinding, driver.Timeout).ShouldBe((ChannelBinding.Require, 7));
    }

    [Fact]
    public void Settings_are_known_by_the_names_that_providers_hand_out()
    {
        var driver = DriverOf(
            "sslmode=verify-ca&sslrootcert=/a-b/ca.pem&sslcert=/a-b/c.pem&sslkey=/a-b/k.pem&connect_timeout=9&channel_binding=require"
            + "&gssencmode=disable&target_session_attrs=read-write");

        driver.SslMode.ShouldBe(SslMode.VerifyCA);
        (driver.RootCertificate, driver.SslCertificate, driver.SslKey).ShouldBe(("/a-b/ca.pem", "/a-b/c.pem", "/a-b/k.pem"));
        (driver.Timeout, driver.ChannelBinding, driver.GssEncryptionMode).ShouldBe((9, ChannelBinding.Require, GssEncryptionMode.Disable));
        driver.TargetSessionAttributes.ShouldBe("read-write");
    }

    [Fact]
    public void Nothing_is_looked_for_outside_of_the_store_and_the_extension()
    {
        var address = StoreAddress.Parse("postgres://u@h/d?schema=my-store");

        PathOf(SessionNeeds.Usual).ShouldBe("\"my-store\", \"public\"");
        PathOf(new SessionNeeds { ExtensionSchema = "vectors" }).ShouldBe("\"my-store\", \"vectors\"");
        PathOf(new SessionNeeds { ExtensionSchema = "my-store" }).ShouldBe("\"my-store\"");

        string? PathOf(SessionNeeds needs) => new NpgsqlConnectionStringBuilder(address.ConnectionString(1, needs)).SearchPath;
    }

    [Fact]
    public void What_the_address_asks_for_itself_counts()
    {
        var needs = new SessionNeeds { Settings = ["default_transaction_isolation", "statement_timeout"] };

        needs.OptionsAfter(null).ShouldBe("-c default_transaction_isolation=read\\ committed -c statement_timeout=0");
        needs.OptionsAfter("-c statement_timeout=5s").ShouldBe("-c statement_timeout=5s -c default_transaction_isolation=read\\ committed");
        new SessionNeeds { Settings = ["lock_timeout"] }.OptionsAfter("-c deadlock_timeout=5s").ShouldBe("-c deadlock_timeout=5s -c lock_timeout=0");
        SessionNeeds.Usual.OptionsAfter(null).ShouldBeNull();
        SessionNeeds.Usual.OptionsAfter("-c work_mem=64MB").ShouldBe("-c work_mem=64MB");
    }

    private static NpgsqlConnectionStringBuilder DriverOf(string settings) =>
        new(StoreAddress.Parse($"postgres://u:p@h/d?{settings}").ConnectionString(1, SessionNeeds.Usual));
}
