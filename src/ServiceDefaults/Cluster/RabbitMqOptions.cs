using System.ComponentModel.DataAnnotations;

namespace Chitti.ServiceDefaults;

/// <summary>Connection to a cluster's RabbitMQ.</summary>
public sealed class RabbitMqOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Chitti:RabbitMq";

    /// <summary><c>amqp://user:password@host:port/vhost</c>, or <c>amqps://</c>.</summary>
    [Required, RegularExpression("amqps?://.+", ErrorMessage = "must begin with amqp:// or amqps://."), DataType(DataType.Password)]
    public Uri? Uri { get; set; }
}
