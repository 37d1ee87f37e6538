package say

// English and Indonesian share the names of firms.
func channelNames(offline, deferred string) map[string]string {
	return map[string]string{
		"tiktok": "TikTok Shop", "shopee": "Shopee", "tokopedia": "Tokopedia", "lazada": "Lazada", "bukalapak": "Bukalapak", "blibli": "Blibli",
		"newco": "Newco", "wa": "WhatsApp", "web": "Web", "offline": offline, "defer": deferred,
	}
}

func ownerNames() map[string]string {
	return map[string]string{"bytedance": "ByteDance", "sea": "Sea", "goto": "GoTo", "alibaba": "Alibaba", "buka": "Bukalapak", "djarum": "Djarum", "entrant": "Entrant", "joint": "JV"}
}
