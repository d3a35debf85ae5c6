namespace Tidemark.Server.Description;

/// <summary>What answers and documents are made of, as JSON Schema. What an object may hold beside its own members stays open.</summary>
internal static class SchemaText
{
    public const string All = """
        {
          "Object": { "type": "object", "additionalProperties": true },
          "Array": { "type": "array", "items": { "type": "object", "additionalProperties": true } },
          "Text": { "type": "string" },
          "Metadata": { "type": "object", "additionalProperties": true },
          "Problem": {
            "type": "object",
            "required": ["type", "title", "status", "detail", "code", "remedy"],
            "properties": {
              "type": { "type": "string" }, "title": { "type": "string" }, "status": { "type": "integer" },
              "detail": { "type": "string" }, "code": { "type": "string" }, "remedy": { "type": "string" }, "request": { "type": "string" }
            }
          },
          "DocumentToPut": {
            "type": "object",
            "required": ["text"],
            "properties": {
              "text": { "type": "string" }, "metadata": { "$ref": "#/components/schemas/Metadata" },
              "version": { "type": "integer", "format": "int64" }, "modified_at": { "type": "string", "format": "date-time" },
              "expires_at": { "type": "string", "format": "date-time" }, "tier": { "type": "string" }
            }
          },
          "Written": {
            "type": "object",
            "required": ["document", "state"],
            "properties": {
              "document": { "type": "string" }, "state": { "type": "string", "enum": ["queued", "done"] },
              "sequence": { "type": "integer", "format": "int64" }
            }
          },
          "Event": { "type": "object", "additionalProperties": true },
          "Events": { "type": "array", "items": { "$ref": "#/components/schemas/Event" } },
          "Delivered": {
            "type": "object",
            "required": ["hook", "enqueued", "outdated", "forgotten", "ignored", "deadLetters", "repeated"],
            "properties": {
              "hook": { "type": "string" }, "enqueued": { "type": "integer" }, "outdated": { "type": "integer" }, "forgotten": { "type": "integer" },
              "ignored": { "type": "integer" }, "deadLetters": { "type": "integer" }, "repeated": { "type": "boolean" }
            }
          },
          "Queued": {
            "type": "object",
            "required": ["document", "state"],
            "properties": {
              "document": { "type": "string" }, "state": { "type": "string", "enum": ["none", "pending", "leased", "dead"] },
              "change": { "$ref": "#/components/schemas/Object" }
            }
          },
          "Chunk": {
            "type": "object",
            "required": ["id", "ordinal", "text"],
            "properties": {
              "id": { "type": "string" }, "ordinal": { "type": "integer" }, "heading": { "type": ["string", "null"] }, "text": { "type": "string" }
            }
          },
          "DocumentSummary": {
            "type": "object",
            "required": ["document", "source", "sequence", "chunks"],
            "properties": {
              "document": { "type": "string" }, "source": { "type": "string" }, "sourceId": { "type": "string" },
              "sequence": { "type": "integer", "format": "int64" }, "run": { "type": "integer", "format": "int64" },
              "updatedAt": { "type": "string", "format": "date-time" }, "chunks": { "type": "integer" },
              "metadata": { "$ref": "#/components/schemas/Metadata" }
            }
          },
          "Document": {
            "type": "object",
            "required": ["document", "source", "sequence", "chunks"],
            "properties": {
              "document": { "type": "string" }, "source": { "type": "string" }, "sourceId": { "type": "string" },
              "sequence": { "type": "integer", "format": "int64" }, "run": { "type": "integer", "format": "int64" },
              "updatedAt": { "type": "string", "format": "date-time" }, "metadata": { "$ref": "#/components/schemas/Metadata" },
              "chunks": { "type": "array", "items": { "$ref": "#/components/schemas/Chunk" } }
            }
          },
          "DocumentPage": {
            "type": "object",
            "required": ["generation", "documents"],
            "properties": {
              "generation": { "type": "integer", "format": "int64" },
              "documents": { "type": "array", "items": { "$ref": "#/components/schemas/DocumentSummary" } }, "next": { "type": "string" }
            }
          },
          "Hit": {
            "type": "object",
            "required": ["document", "source", "id", "ordinal", "score", "text"],
            "properties": {
              "document": { "type": "string" }, "source": { "type": "string" }, "id": { "type": "string" }, "ordinal": { "type": "integer" },
              "score": { "type": "number" }, "heading": { "type": ["string", "null"] }, "text": { "type": "string" },
              "lines": { "type": ["array", "null"], "items": { "type": "integer" } }, "page": { "type": "integer" }, "metadata": { "$ref": "#/components/schemas/Metadata" }
            }
          },
          "SearchResult": {
            "type": "object",
            "required": ["query", "hits"],
            "properties": {
              "query": { "type": "string" }, "space": { "type": "string" }, "generation": { "type": "integer", "format": "int64" },
              "degraded": { "type": "string" }, "complete": { "type": "boolean" },
              "corrected": { "type": "array", "items": { "$ref": "#/components/schemas/Object" } }, "indexedAt": { "type": "string", "format": "date-time" },
              "waiting": { "type": "integer" }, "freshness": { "$ref": "#/components/schemas/Object" },
              "hits": { "type": "array", "items": { "$ref": "#/components/schemas/Hit" } }
            }
          },
          "Status": {
            "type": "object",
            "required": ["namespace", "documents", "chunks"],
            "properties": {
              "namespace": { "type": "string" }, "documents": { "type": "integer" }, "chunks": { "type": "integer" }, "bytes": { "type": "integer", "format": "int64" },
              "freshness": { "$ref": "#/components/schemas/Object" }, "queue": { "$ref": "#/components/schemas/Object" },
              "alerts": { "$ref": "#/components/schemas/Array" }
            }
          },
          "SyncReport": {
            "type": "object",
            "required": ["run", "namespace", "outcome", "documents", "chunks", "embedding", "errors"],
            "properties": {
              "run": { "type": ["integer", "null"], "format": "int64" }, "namespace": { "type": "string" }, "cleanup": { "type": "string" },
              "outcome": { "type": "string", "enum": ["succeeded", "partial", "guarded", "budget", "cancelled", "failed"] },
              "documents": {
                "type": "object",
                "properties": {
                  "seen": { "type": "integer" }, "added": { "type": "integer" }, "updated": { "type": "integer" }, "skipped": { "type": "integer" },
                  "deleted": { "type": "integer" }, "moved": { "type": "integer" }, "outdated": { "type": "integer" }, "forgotten": { "type": "integer" },
                  "failed": { "type": "integer" }, "tombstones": { "type": "integer" }
                }
              },
              "chunks": {
                "type": "object",
                "properties": {
                  "added": { "type": "integer" }, "patched": { "type": "integer" }, "unchanged": { "type": "integer" }, "deleted": { "type": "integer" }
                }
              },
              "embedding": {
                "type": "object",
                "properties": {
                  "space": { "type": "string" }, "requests": { "type": "integer" }, "inputs": { "type": "integer" }, "reused": { "type": "integer" },
                  "tokens": { "type": "integer" }, "cost": { "type": ["number", "null"] }, "avoidedCost": { "type": ["number", "null"] }, "currency": { "type": "string" }
                }
              },
              "errors": { "$ref": "#/components/schemas/Array" }, "elapsedSeconds": { "type": "number" }
            }
          },
          "Operation": {
            "type": "object",
            "required": ["id", "operation", "state", "startedAt"],
            "properties": {
              "id": { "type": "string" }, "operation": { "type": "string" }, "namespace": { "type": "string" },
              "state": { "type": "string", "enum": ["running", "done", "failed"] }, "startedAt": { "type": "string", "format": "date-time" },
              "endedAt": { "type": "string", "format": "date-time" }, "progress": { "$ref": "#/components/schemas/Object" },
              "error": { "$ref": "#/components/schemas/Object" }, "result": { "$ref": "#/components/schemas/Object" }
            }
          }
        }
        """;
}
