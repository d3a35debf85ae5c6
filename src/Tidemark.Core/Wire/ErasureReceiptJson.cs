using System.Buffers;
using System.Text.Json;
using Tidemark.Lifecycle;
using Tidemark.Records;
using Tidemark.Syncing.History;

namespace Tidemark.Wire;

/// <summary>
/// The receipt of an erasure, as <c>forget</c> prints it. <c>signature</c> is over the UTF-8 of the compact object without <c>publicKey</c> and
/// <c>signature</c>, its members in their order: ECDSA on P-256 with SHA-256, IEEE P1363, base 64; <c>publicKey</c> is a SubjectPublicKeyInfo.
/// </summary>
public static class ErasureReceiptJson
{
    /// <summary>Writes one object.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="receipt">What was done.</param>
    /// <param name="secret">Of the store; null: it is not signed.</param>
    public static void Write(Utf8JsonWriter json, ErasureReceipt receipt, StoreSecret? secret)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(receipt);
        json.WriteStartObject();
        WriteMembers(json, receipt);
        if (secret is not null)
        {
            var content = new ArrayBufferWriter<byte>();
            using (var signed = new Utf8JsonWriter(content))
            {
                signed.WriteStartObject();
                WriteMembers(signed, receipt);
                signed.WriteEndObject();
            }

            var (signature, publicKey) = secret.Sign(content.WrittenSpan);
            json.WriteString("publicKey", publicKey);
            json.WriteString("signature", signature);
        }

        json.WriteEndObject();
    }

    private static void WriteMembers(Utf8JsonWriter json, ErasureReceipt receipt)
    {
        json.WriteString("receipt", receipt.Id);
        json.WriteString("namespace", receipt.Namespace);
        JsonFields.Write(json, "at", receipt.At);
        json.WriteNumber("documents", receipt.Documents);
        JsonFields.Write(json, "suppressed", receipt.Suppressed);
        json.WriteStartObject("removed");
        json.WriteNumber("records", receipt.Removed.Records);
        json.WriteNumber("chunks", receipt.Removed.Chunks);
        json.WriteNumber("keywords", receipt.Keywords);
        json.WriteNumber("vectors", receipt.Removed.Vectors);
        json.WriteNumber("history", receipt.Removed.History);
        json.WriteNumber("queue", receipt.Removed.Queue);
        json.WriteNumber("quarantine", receipt.Removed.Quarantine);
        json.WriteNumber("runs", receipt.Removed.Runs);
        json.WriteNumber("golden", receipt.Removed.Golden);
        json.WriteNumber("external", receipt.External);
        json.WriteEndObject();
        json.WriteStartArray("probes");
        foreach (var probe in receipt.Probes)
        {
            json.WriteStartObject();
            json.WriteString("place", probe.Place);
            json.WriteNumber("found", probe.Found);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        JsonFields.Write(json, "notCovered", receipt.NotCovered);
        if (receipt.Warnings.Count > 0)
        {
            FailureJson.Write(json, receipt.Warnings);
        }
    }
}
